"""Afrikaans cues: phrases that say what the words around them are about."""

from collections.abc import Mapping

_TIME = {
    "negation": "nie | geen | nooit | in plaas van",
    "by": "teen | uiterlik",
    "ago": "gelede",
    "joined": "na | tot | - | en | op",
    "move": "skuif | verskuif | verander | uitstel | vervroeg | aanskuif",
    "extend": "langer | verleng | ekstra | bysit | by",
    "shorten": "korter | minder | verkort",
    "total": "totaal | in totaal | altesaam",
    "around": "ongeveer | omtrent | rondom | om en by",
    "correction": "jammer | regstelling | ek bedoel | ek meen | eerder | liewer",
    "money": "begroting | prys | pryse | koste | betaling | kansellasie",
    "flexible": (
        "buigbaar | plooibaar | enige tyd | iewers in | datums is oop | geen vaste datums | maak nie saak wanneer | "
        "nie seker oor datums | min of meer | 'n dag of twee | kan skuif | datums kan skuif | nog nie datums"
    ),
    "inflexible": "nie buigbaar | vaste datums | datums is vas | kan nie skuif",
    "arrive": "aankoms | aankom | kom aan | vanaf | begin | inboek | daar wees",
    "depart": "vertrek | vlieg | ry | reis | gaan | weggaan | vertrekdatum",
    "return": "terug | terugkom | terugvlug | huis toe | tot | uitboek | kom terug | terugry",
    "birth": "gebore | verjaar | verjaarsdag | verjaardag | geboortedatum",
    "event": (
        "trou | trou op | troue | bruilof | eksamen | operasie | sperdatum | betaal op | faktuur van | matriekafskeid"
    ),
    "past": "was .. in | verlede jaar | verlede maand | sedert | daar gewees | terug van",
    "elsewhere": "reeds bespreek | klaar bespreek | self bespreek | by vriende | by familie | klaar gereël | bly by",
}
_PARTY = {
    "no_children": "geen kinders | sonder kinders | sonder die kinders | kindervry",
    "child_aside": "kindervriendelik* | bababed* | kinderklub | kinderprogram | babawag*",
    "not_aged": "herdenking | huwelik | troudag",
    "both": "albei | beide | tweeling",
    "singular_child": (
        "kind | seun | dogter | dogtertjie | seuntjie | baba | babatjie | kleuter | peuter | tiener | kleinkind | "
        "kleinseun | kleindogter | kleintjie | jongste | oudste"
    ),
    "born": "gebore op | gebore | geboortedatum",
    "turns": "word | is | sal .. wees",
    "stays_home": "bly by die huis | bly tuis | gaan nie saam | kom nie saam | bly by ouma",
    "not_with": "sonder | geen | nie",
    "own_child": "my | ons | sy | haar | hulle | klein*",
    "child_noun": "sê | reken | woon | werk",
    "so_total": "dus | totaal | =",
    "not_party": "tafel vir | per",
    "all_adults": "almal volwassenes | net volwassenes | almal grootmense",
    "solo": "alleen | net ek | op my eie | stoksielalleen | net vir my | een persoon",
    "lone_parent": (
        "enkelma | enkelpa | enkelouer | ek en my seun | ek en my dogter | my seun en ek | my dogter en ek | "
        "ek en my kinders | my kinders en ek | ek en my twee"
    ),
}
_PLACE = {
    "seek": "na | in | vir | of | en | kwotasie vir | reis na | vakansie in | toe | tussen | eers | dan | daarna",
    "seek_name": "reis na | vakansie in | kwotasie vir | vlieg na | vakansie na",
    "heading": "bestemming | waarheen",
    "number_before": "een | twee | drie | vier | vyf | 1 | 2 | 3 | 4 | 5 | 6",
    "not_a_place": (
        "die | ons | my | 'n | kersfees | afrika | twee | drie | januarie | februarie | maart | april | mei | "
        "junie | julie | augustus | september | oktober | november | desember"
    ),
    "neutral": "nie ver van | nie net | hoekom nie | maak nie saak",
    "origin": "van | vanaf | woon in | bly in | kom van | vertrek van | vlieg van | uit",
    "transit": "via | oor | oorstap in",
    "ruled_out": (
        "nie | geen | in plaas van | behalwe | was al | was al baie in | was in | was .. in | nie weer | "
        "verlede jaar in | genoeg van | al in | was laas in"
    ),
    "ruled_out_after": "so nie | nie weer | is uit | verlede jaar | al gesien",
    "place_aside": "ambassade | straat | universiteit",
}
_MONEY = {
    "budget": (
        "begroting | budget | spandeer | maksimum | maks | hoogstens | tot | nie meer as | onder | bekostig | "
        "beskikbaar | ongeveer | omtrent | so | tussen | limiet | betaal | gespaar | uitgee | kan doen"
    ),
    "budget_after": (
        "begroting | maksimum | is die maksimum | is my limiet | hoogstens | beskikbaar | gespaar | is reg | betaal"
    ),
    "priced": (
        "faktuur* | deposito | betaal het | betaling van | terugbetaling | balans | kwotasie van | afslag | "
        "oorbetaal | adverteer* | gekos"
    ),
    "priced_after": "deposito | terugbetaling | afslag | betaal het | oorbetaal",
    "stretch": "selfs | tot | hoogstens | desnoods",
    "label_pp": "per persoon | pp | per kop",
    "label_pn": "per nag",
}
_LODGING = {
    "room_join": "en | , | & | + | plus | en 'n",
    "room_or": "of",
    "room_and": "en | plus | &",
    "room_aside": "kamerdiens | badkamer | eetkamer | raadsaal | konferensiekamer",
    "room_reference": "die | per | elke | in die | in 'n | daardie",
    "plural": "*kamers | kamers | tente | huisies | woonstelle | villas | hutte | rondawels | chalets | watervillas",
    "refused": "nie | geen | sonder | in plaas van | nooit",
    "refused_after": "is nie nodig | nie nodig nie | hoef nie",
    "board_aside": "ontbyttyd",
    "hotel_before": (
        "hotel : | hotel genaamd | die hotel | hotel | aanbeveel | iets soos | pryse vir | verblyf in die | in die | "
        "die"
    ),
    "hotel_at": "by die | bly by | in die | verblyf in | by",
    "hotel_open": "nog oop | nog beskikbaar | goed",
    "not_name": (
        "die | 'n | by | in | ons | my | geen | en | met | vir | van | na | hallo | beste | hotel | luukse | "
        "watter | dit | hierdie | haai"
    ),
    "not_hotel": (
        "lughawe | skool | kersfees | januarie | februarie | maart | april | mei | junie | julie | augustus | "
        "september | oktober | november | desember | maandag | dinsdag | woensdag | donderdag | vrydag | saterdag | "
        "sondag | kaap | krugerwildtuin | delta | maledive | seychelle"
    ),
    "hotel_aside": "lughawe | straat",
    "hotel_refused": "nie | nooit | geen | in plaas van | behalwe",
    "hotel_refused_after": "nooit weer | nie weer | was vreeslik",
}
_CONTACT = {
    "title": "mnr | mev | mej | me | dr | prof | ds | adv | meneer | mevrou",
    "organisation": "bpk | edms | skool | kerk | klub | webwerf",
    "role": "bestuurder | direkteur | sekretaresse | afdeling | straat | posbus | faks",
    "not_my_phone": "faks | nie op | my vrou s'n | my man s'n | noodnommer | dringende sake",
    "mobile": "sel | selfoon | selnommer | whatsapp | skakel my by | bel my by | bel my gerus by | my nommer",
    "landline": "tel | telefoon | kantoor | werk | k",
    "reply_other": "antwoord na | stuur dit na | antwoord asseblief na | stuur .. na",
}
_KIND = {
    "auto_subject": "buite kantoor | outomatiese antwoord* | outoantwoord | afwesig",
    "auto_text": (
        "met verlof en | met verlof tot | nie in die kantoor | outomatiese antwoord | buite die kantoor | "
        "uit die kantoor | sodra ek terug is | beperkte toegang | kon nie afgelewer word"
    ),
    "spam": (
        "seo | bladsy 1 van google | eerste bladsy van google | gratis oudit | webwerwe | loterye | bitcoin | "
        "kripto* | lening | meer kliënte"
    ),
    "wants": (
        "kwotasie vir | 'n kwotasie | 'n prys | prys gee | prys vir | wat kos | hoeveel kos | soek | op soek na | "
        "wil .. na | wil .. toe | wil graag | ons wil | ek wil | beplan | stel belang | kan julle .. doen | "
        "het julle | is daar | wat kan julle | navraag | stuur .. voorstel | wat is beskikbaar | wil gaan | "
        "wat het julle | pryse vir | wil .. weggaan"
    ),
    "existing": (
        "ons bespreking | my bespreking | besprekingsnommer | die kwotasie | julle kwotasie | u kwotasie | ons reis | "
        "ons verblyf | ons toer | by julle bespreek | bespreking | ons vliegkaartjies"
    ),
    "booking": (
        "visum* | visa | bagasie | oordrag* | inentings | hoe laat | lughawe | ingesluit is | kaartjies | bevestig | "
        "opgelaai | haardroër* | bedjie | sitplekke | malaria"
    ),
    "change": (
        "nagte langer | later aankom | vroeër aankom | skuif | verander | wysig | wysiging* | verskuif | bysit | "
        "verleng | in plaas van | eerder | ekstra | langer | opgradeer | ander hotel | byvoeg | kom ook saam | minder"
    ),
    "change_strong": "skuif | wysig | kanselleer | verskuif",
    "cancel": "kanselleer | kansellasie | afstel | kan nie meer gaan",
    "invoice": (
        "faktuur* | betaling* | deposito | balans | terugbetaling | betalingsbewys | bankbesonderhede | oorbetaal | "
        "btw-nommer | kwitansie | dubbel betaal | oorgeplaas"
    ),
    "complaint": (
        "klagte* | ontevrede | teleurgesteld | onaanvaarbaar | skandalig* | swak diens | vuil | niemand antwoord | "
        "niemand wou | eis | hellopeter | kla | vergoeding | ombudsman | prokureur | vreeslik | haglik | woedend | "
        "stukkend was"
    ),
    "complaint_strong": "klagte* | ontevrede | onaanvaarbaar | hellopeter | eis 'n",
    "accept": (
        "aanvaar | ons aanvaar | ek aanvaar | gaan asseblief voort | gaan voort | bespreek dit | "
        "gelukkig met die kwotasie | ons vat dit | ons neem dit | bevestig asseblief die bespreking | ja dankie | "
        "lyk perfek | kom ons doen dit | ons is tevrede met | bespreek asseblief | bespreek maar | ons gaan dit vat"
    ),
    "accept_but": "maar kan julle | maar kan ons | net as | nie aanvaar | voordat ons aanvaar",
    "job": "aansoek om | aansoek vir die pos | curriculum vitae | my cv | vakature | werksaansoek",
    "newsletter": "nuusbrief | teken uit | beste agent* | beste vennoot* | netto tariewe",
    "misdirected": "verkeerde adres | per ongeluk gestuur | personeelvergadering | jou pakkie",
}
_PARTS = {
    "closing": (
        "groete | vriendelike groete | baie groete | beste groete | baie dankie | dankie | by voorbaat dank | "
        "die uwe | hoogagtend | liefde | lekker dag | mooi dag | dankie by voorbaat | byvoorbaat dankie | "
        "warm groete | agting | met dank | mooi bly | hartlike groete"
    ),
    "disclaimer": "vrywaring | hierdie e-pos is vertroulik | vertroulik | gestuur vanaf my",
    "second_trip": "tweedens | tweede reis | 'n tweede reis | die ander reis | 'n ander reis | soek ook 'n prys",
}
_FORMS = {
    "form_name": "naam | volle naam | naam en van | voornaam | kontakpersoon | kliënt",
    "form_email": "e-pos | epos | e-posadres | eposadres",
    "form_phone": "telefoon | telefoonnommer | selfoon | selnommer | kontaknommer | sel",
    "form_destination": "bestemming | waarheen | bestemmings",
    "form_origin": "vertrek van | woonplek | lughawe van vertrek",
    "form_check_in": (
        "aankoms | aankomsdatum | reisdatum | datums | datum | vertrekdatum | inboek | wanneer | reismaand"
    ),
    "form_check_out": "vertrek | terugkeer | uitboek | terugkeerdatum | tot",
    "form_nights": "nagte | aantal nagte | hoeveel nagte | verblyf",
    "form_adults": "volwassenes | aantal volwassenes",
    "form_people": "mense | aantal mense | reisigers | persone | aantal persone",
    "form_children": "kinders | aantal kinders | kinders en ouderdomme",
    "form_ages": "ouderdomme | kinders se ouderdomme | ouderdomme van kinders | ouderdom",
    "form_rooms": "kamers | aantal kamers | kamertipe | verblyf tipe",
    "form_board": "etes | maaltye | etesplan | losies",
    "form_budget": "begroting | begroting per persoon | totale begroting | maksimum begroting",
    "form_hotel": "hotel | voorkeurhotel",
    "form_comments": "opmerkings | opmerking | boodskap | kommentaar | versoeke | spesiale versoeke | notas",
    "form_aside": "bron | veldtog | hoe het jy van ons gehoor | ingedien",
    "form_days": "dae | aantal dae",
    "form_months": "maand | maande",
}

CUES: Mapping[str, str] = {
    **_TIME, **_PARTY, **_PLACE, **_MONEY, **_LODGING, **_CONTACT, **_KIND, **_PARTS, **_FORMS,
    "but": "maar | egter",
    "then": "dan | daarna",
}  # fmt: skip
