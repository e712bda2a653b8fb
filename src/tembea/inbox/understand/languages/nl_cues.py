"""Dutch cues: phrases that say what the words around them are about."""

from collections.abc import Mapping

_TIME = {
    "negation": "niet | geen | nooit | in plaats van",
    "by": "uiterlijk | uiterlijk op | vóór",
    "ago": "geleden",
    "joined": "naar | tot | - | en | op",
    "move": "verzetten | verplaatsen | verschuiven | wijzigen | veranderen | omzetten | vervroegen | uitstellen",
    "extend": "verlengen | langer | extra | erbij",
    "shorten": "inkorten | korter | minder | eraf",
    "total": "totaal | in totaal",
    "around": "rond | ongeveer | circa | omstreeks | rond de",
    "correction": "sorry | correctie | ik bedoel | liever | toch | toch liever | eigenlijk",
    "money": "budget | prijs | prijzen | kosten | betaling | annulering",
    "flexible": (
        "flexibel | data staan nog niet vast | nog geen data | geen vaste data | maakt niet uit wanneer | ergens in | "
        "een paar dagen eerder of later | plus minus | +/- | +- | nog niet vast | een keer | data zijn open | "
        "kunnen schuiven | maakt ons niet uit wanneer"
    ),
    "inflexible": "niet flexibel | data staan vast | vaste data",
    "arrive": "aankomst | aankomen | aankomst op | inchecken | vanaf | beginnend | start",
    "depart": "vertrek | vertrekken | vliegen | reizen | gaan | heenreis | heenvlucht | weg",
    "return": "terug | terugvlucht | terugreis | uitchecken | tot | tot en met | retour | naar huis",
    "birth": "geboren | verjaardag | geboortedatum | jarig | wordt op",
    "event": (
        "trouwen | trouwen op | bruiloft | huwelijk | examen | operatie | deadline | factuur van | betaald op | "
        "offerte van | trouwdag"
    ),
    "past": "waren .. in | vorig jaar | vorige maand | sinds | geweest | terug van",
    "elsewhere": "al geboekt | zelf geboekt | al geregeld | zelf geregeld | bij vrienden | bij familie",
}
_PARTY = {
    "no_children": "geen kinderen | zonder kinderen | zonder de kinderen | kindvrij",
    "child_aside": "kindvriendelijk* | kinderbed* | kinderclub | babybed* | kinderzwembad | kinderstoel | oppas",
    "not_aged": "jubileum | huwelijk",
    "both": "beide | allebei | tweeling",
    "singular_child": (
        "kind | kindje | zoon | dochter | jongen | meisje | baby | peuter | kleuter | tiener | puber | kleinzoon | "
        "kleindochter | kleinkind | zoontje | dochtertje | neefje | nichtje | kleintje | jongste | oudste"
    ),
    "born": "geboren op | geboren | geboortedatum",
    "turns": "wordt | is | is dan",
    "stays_home": "blijft thuis | blijven thuis | gaat niet mee | gaan niet mee | blijven bij | blijft bij",
    "not_with": "zonder | geen | niet",
    "own_child": "mijn | m'n | onze | ons | haar | zijn | hun | klein* | neefje* | nichtje*",
    "child_noun": "zegt | vindt | woont | werkt",
    "so_total": "dus | totaal | =",
    "not_party": "tafel voor | zaal voor | per",
    "all_adults": "alleen volwassenen | allemaal volwassen",
    "solo": "alleen | alleenreizend* | in mijn eentje | alleen ik | voor mij alleen | solo | enkel ik | een persoon",
    "lone_parent": (
        "alleenstaande moeder | alleenstaande vader | alleenstaande ouder | mijn zoon en ik | mijn dochter en ik | "
        "ik en mijn zoon | ik en mijn dochter | mijn kinderen en ik | ik met mijn dochter | ik met mijn zoon"
    ),
}
_PLACE = {
    "seek": "naar | in | op | voor | of | en | offerte voor | reis naar | vakantie in | eerst | daarna | bij | tussen",
    "seek_name": "reis naar | vakantie in | vakantie naar | offerte voor | vliegen naar | rondreis door",
    "common_word": "nice | split | java | george | reunion",
    "heading": "bestemming | waarheen",
    "number_before": "een | twee | drie | vier | vijf | 1 | 2 | 3 | 4 | 5 | 6",
    "not_a_place": (
        "de | het | een | ons | mijn | kerst | pasen | afrika | twee | drie | huis | januari | februari | maart | "
        "april | mei | juni | juli | augustus | september | oktober | november | december"
    ),
    "neutral": "niet ver van | niet alleen | waarom niet | maakt niet uit",
    "origin": "vanaf | vanuit | vertrek uit | vliegen vanaf | wonen in | kom uit | komen uit | uit | vluchten vanaf",
    "transit": "via | overstap in | overstappen in | tussenstop in",
    "ruled_out": (
        "niet | geen | in plaats van | behalve | waren in | waren al in | zijn al .. geweest | vorig jaar in | "
        "niet meer naar | niet weer naar | genoeg van | al in"
    ),
    "ruled_out_after": "valt af | vorig jaar | al geweest | hebben we al gezien | niet meer",
    "place_aside": "airlines | ambassade | straat | universiteit",
}
_MONEY = {
    "budget": (
        "budget | uitgeven | maximaal | max | hoogstens | tot | niet meer dan | onder | besteden | ongeveer | circa | "
        "hebben | rond de | tussen | limiet | begroting | kunnen betalen | bedrag | gespaard | te besteden"
    ),
    "budget_after": (
        "budget | maximaal | te besteden | uitgeven | hoogstens | is ons maximum | is de limiet | is prima | gespaard"
    ),
    "priced": (
        "factuur* | aanbetaling | betaald | overgemaakt | terugbetaling | restbedrag | kostte | offerte van | "
        "korting | fooi | toeslag | geadverteerd"
    ),
    "priced_after": "aanbetaling | terugbetaling | betaald | overgemaakt | korting | toeslag",
    "stretch": "desnoods tot | desnoods | maximaal | hoogstens",
    "label_pp": "per persoon | pp | p.p",
    "label_pn": "per nacht",
}
_LODGING = {
    "room_join": "en | , | & | + | plus | en een",
    "room_or": "of",
    "room_and": "en | plus | &",
    "room_aside": "roomservice | badkamer | eetkamer | vergaderzaal | eenpersoonskamertoeslag",
    "room_reference": "de | het | per | elke | in de",
    "plural": (
        "*kamers | kamers | tenten | huisjes | appartementen | villa's | hutten | bungalows | chalets | suites | "
        "safaritenten"
    ),
    "refused": "niet | geen | zonder | in plaats van | nooit",
    "refused_after": "hoeft niet | niet nodig | is niet nodig",
    "board_aside": "ontbijtzaal",
    "hotel_before": (
        "hotel : | hotel genaamd | in het hotel | het hotel | hotel | aangeraden | zoiets als | vergelijkbaar met | "
        "prijzen voor"
    ),
    "hotel_at": "in het | verblijf in | in het hotel | verblijven in",
    "hotel_open": "nog vrij | nog beschikbaar | een aanrader | goed",
    "not_name": (
        "de | het | een | in | op | ons | onze | mijn | geen | en | met | voor | van | naar | hallo | beste | "
        "hotel | luxe | safari | familie | reis | mooi | leuk | welk | dit | dat | kamer"
    ),
    "not_hotel": (
        "luchthaven | school | kerst | pasen | januari | februari | maart | april | mei | juni | juli | augustus | "
        "september | oktober | november | december | maandag | dinsdag | woensdag | donderdag | vrijdag | zaterdag | "
        "zondag | zuid-afrika | indische oceaan | delta | park"
    ),
    "hotel_aside": "luchthaven | straat",
    "hotel_refused": "niet | nooit | geen | in plaats van | behalve",
    "hotel_refused_after": "nooit meer | niet weer | was vreselijk",
}
_CONTACT = {
    "title": "dhr | mevr | mw | mevrouw | meneer | drs | ir | ing | de heer | heer",
    "organisation": "bv | b.v | vof | nv | stichting | vereniging | reisbureau | sollicitatie",
    "role": "directeur | manager | afdeling | secretariaat | straat | tel | fax",
    "not_my_phone": "fax | niet op | van mijn man | van mijn vrouw | collega | noodgeval",
    "mobile": "mobiel | gsm | whatsapp | mob | bereikbaar op | mijn nummer | bel me op | bel mij op | 06-nummer",
    "landline": "tel | telefoon | kantoor | vast | werk",
    "reply_other": "antwoord naar | antwoorden naar | stuur .. naar | mail naar | sturen naar | reageren naar",
}
_KIND = {
    "auto_subject": "automatisch antwoord* | afwezigheid* | afwezig | buiten kantoor | onbestelbaar | niet aanwezig",
    "auto_text": (
        "ben ik afwezig | afwezig en | niet op kantoor | automatisch antwoord | lees mijn e-mail niet | "
        "kon niet worden bezorgd | beperkt bereikbaar | ik ben op vakantie tot | ticketnummer"
    ),
    "spam": (
        "seo* | eerste pagina van google | hoger in google | gratis audit | webdesign | backlinks | loterij | "
        "gewonnen | erfenis | bitcoin | crypto* | casino | lening | meer klanten | online marketing | uw website"
    ),
    "wants": (
        "offerte voor | een offerte | graag een prijs | aanvraag | wat kost | hoeveel kost | zoeken | op zoek | zoek | "
        "willen .. naar | willen we | wil .. naar | willen graag | zouden graag | zou graag | zouden .. naar | "
        "interesse in | wij willen | we willen | naar de | hebben jullie | is er | kunt u .. aanbieden | plannen | "
        "prijsopgave | huwelijksreis naar | ontvangen wij een offerte | reis naar | vakantie naar"
    ),
    "existing": (
        "onze boeking | mijn boeking | boekingsnummer | onze reservering | mijn reservering | de offerte | "
        "uw offerte | jullie offerte | onze reis | mijn reis | ons verblijf | bij jullie geboekt | bij u geboekt | "
        "boeking | reisbescheiden | onze vlucht"
    ),
    "booking": (
        "visum | bagage | transfer* | vaccinaties | inentingen | hoe laat | luchthaven | vliegveld | inbegrepen | "
        "opgehaald | tickets | bevestigen | kinderbedje | stoelen | malaria"
    ),
    "change": (
        "nachten langer | een nacht langer | later aankomen | eerder aankomen | wijzigen | wijziging* | veranderen | "
        "verzetten | verplaatsen | verlengen | toevoegen | in plaats van | toch | extra | langer | liever | "
        "omzetten | upgrade | ander hotel"
    ),
    "change_strong": "verzetten | wijzigen | annuleren | verplaatsen",
    "cancel": "annuleren | annulering | afzeggen | niet door laten gaan | afblazen",
    "invoice": (
        "factuur* | betaling* | aanbetaling | restbetaling | terugbetaling | betalingsbewijs | rekeningnummer | "
        "overgemaakt | creditnota | btw-nummer | btw nummer | dubbel betaald | aanmaning"
    ),
    "complaint": (
        "klacht* | teleurgesteld | onacceptabel | schandalig | schandalige | ontevreden | vies | schadevergoeding | "
        "niemand belt | niemand antwoordt | niemand reageert | slechte service | waardeloos | belachelijk | "
        "wacht nu al | wachten nog steeds | advocaat | compensatie | verschrikkelijk"
    ),
    "complaint_strong": "klacht* | schadevergoeding | ontevreden | teleurgesteld",
    "accept": (
        "akkoord | gaan akkoord | accepteren | we nemen het | wij nemen het | boek het | boek maar | "
        "voor ons boeken | graag boeken | definitief boeken | bevestigen graag | ja graag | ziet er goed uit, | "
        "we gaan ervoor | doe maar | offerte is akkoord | wil je het boeken | kunt u het boeken"
    ),
    "accept_but": "maar kunt u | maar kan je | maar kun je | niet akkoord | alleen als | voordat we akkoord",
    "job": "solliciteer | sollicitatie* | mijn cv | stageplaats | stage | vacature | curriculum vitae",
    "newsletter": "nieuwsbrief | uitschrijven | beste partner* | beste agent* | nettotarieven | afmelden",
    "misdirected": (
        "verkeerd adres | per ongeluk | niet voor u bestemd | uw pakket | teamoverleg | vergadering van het personeel"
    ),
}
_PARTS = {
    "closing": (
        "met vriendelijke groet | met vriendelijke groeten | vriendelijke groeten | vriendelijke groet | groeten | "
        "groet | groetjes | hartelijke groeten | hartelijke groet | mvg | alvast bedankt | bedankt | dank u | "
        "dank je wel | met dank | hoogachtend | beste groeten | alvast dank | dankjewel | veel dank | tot snel | "
        "liefs"
    ),
    "disclaimer": (
        "dit bericht is vertrouwelijk | vertrouwelijk | verstuurd vanaf | verzonden vanaf | de informatie in dit"
    ),
    "postscript": "ps",
    "second_trip": "ten tweede | tweede reis | een tweede reis | daarnaast zoeken we | andere reis | tweede aanvraag",
}
_FORMS = {
    "form_name": "naam | voor- en achternaam | volledige naam | uw naam | achternaam | voornaam | contactpersoon",
    "form_email": "e-mail | e-mailadres | email | emailadres | mailadres",
    "form_phone": "telefoon | telefoonnummer | gsm | mobiel | mobiel nummer | tel",
    "form_destination": "bestemming | reisbestemming | waarheen | land",
    "form_origin": "vertrekluchthaven | vertrekplaats | woonplaats",
    "form_check_in": (
        "aankomst | aankomstdatum | heenreis | reisdatum | reisperiode | periode | vertrekdatum | startdatum | "
        "wanneer | reismaand"
    ),
    "form_check_out": "vertrek | terugreis | einddatum | retourdatum | tot",
    "form_nights": "nachten | aantal nachten | reisduur | duur | verblijfsduur | aantal dagen | dagen",
    "form_adults": "volwassenen | aantal volwassenen",
    "form_people": "personen | aantal personen | reizigers | aantal reizigers | reisgezelschap",
    "form_children": "kinderen | aantal kinderen | kinderen en leeftijden | kinderen en leeftijd",
    "form_ages": "leeftijden | leeftijd kinderen | leeftijden kinderen | leeftijd | leeftijd van de kinderen",
    "form_rooms": "kamers | aantal kamers | kamertype | kamer | accommodatie",
    "form_board": "verzorging | maaltijden | pension",
    "form_budget": "budget | budget per persoon | totaalbudget | maximaal budget | budget totaal",
    "form_hotel": "hotel | voorkeurshotel | gewenst hotel",
    "form_comments": (
        "opmerkingen | opmerking | bericht | wensen | overige wensen | vragen | toelichting | extra wensen"
    ),
    "form_aside": "bron | campagne | hoe heeft u ons gevonden | nieuwsbrief | ingezonden op | bedrijf | platform",
    "form_days": "dagen | aantal dagen",
    "form_months": "maand | maanden",
}

CUES: Mapping[str, str] = {
    **_TIME, **_PARTY, **_PLACE, **_MONEY, **_LODGING, **_CONTACT, **_KIND, **_PARTS, **_FORMS,
    "but": "maar | echter",
    "then": "dan | daarna",
}  # fmt: skip
