"""German cues: phrases that say what the words around them are about."""

from collections.abc import Mapping

_TIME = {
    "negation": "nicht | kein | keine | nie | statt | anstatt",
    "by": "spätestens | spätestens am | bis spätestens",
    "ago": "her",
    "joined": "auf | auf den | auf das | bis | - | und | zu | sondern | lieber",
    "move": "verschieben | verlegen | umbuchen | verschoben | ändern | vorverlegen | verlegt",
    "extend": "verlängern | länger | zusätzlich | mehr | dranhängen",
    "shorten": "verkürzen | kürzer | weniger | streichen",
    "total": "insgesamt | gesamt | total",
    "around": "um den | etwa | ca | circa | ungefähr | rund um | gegen",
    "correction": "sorry | korrektur | ich meine | besser gesagt | doch lieber | lieber | stattdessen | eigentlich",
    "money": "budget | preis | preise | kosten | zahlung | stornierung",
    "flexible": (
        "flexibel | flexible | zeitlich offen | termin ist noch offen | termin offen | egal wann | irgendwann | "
        "noch keinen termin | noch nicht fest | plus minus | +/- | +- | ein paar tage früher oder später | "
        "termin noch offen | zeitraum ist offen | noch kein datum | terminlich ungebunden | verschiebbar | "
        "ein paar tage hin oder her | nicht festgelegt"
    ),
    "inflexible": "nicht flexibel | nicht verschiebbar | fester termin | feste termine | unflexibel",
    "arrive": (
        "anreise | anreisen | ankunft | ankommen | ankommen am | landen | check-in | ab | ab dem | beginn | start | "
        "starten | beginnend"
    ),
    "depart": "abflug | fliegen | reisen | losfliegen | abreisen | hinflug | los | abfahrt | fliegen wir | verreisen",
    "return": (
        "rückflug | rückreise | zurück | heimflug | abreise | check-out | bis | bis zum | heimreise | zurückfliegen"
    ),
    "birth": "geboren | geburtstag | geburtsdatum | geb | wird am | feiert am",
    "event": (
        "heiraten | hochzeit | heiratet | hochzeitstag ist | deadline | bis spätestens | antwort bis | prüfung | "
        "operation | rechnung vom | bezahlt am | überwiesen am | angebot vom | gebucht am | trauung | ihr angebot vom"
    ),
    "past": (
        "waren .. in | war .. in | letztes jahr | letzten monat | damals | schon .. gewesen | zuletzt | seit | "
        "zurück aus | im letzten jahr"
    ),
    "elsewhere": (
        "schon gebucht | bereits gebucht | selbst gebucht | bereits organisiert | bei freunden | bei verwandten | "
        "bei der familie | selbst organisiert | schon organisiert"
    ),
}

_PARTY = {
    "no_children": "keine kinder | ohne kinder | ohne die kinder | kinderlos | kinderfrei",
    "child_aside": (
        "kinderclub | kinderfreundlich* | kinderbett* | babybett* | kinderpool | kinderbetreuung | babysitter*"
    ),
    "not_aged": "hochzeitstag | jubiläum | ehe | flug",
    "both": "beide | jeweils | zwillinge",
    "singular_child": (
        "kind | kid | sohn | tochter | junge | mädchen | baby | säugling | kleinkind | teenager | enkel | enkelin | "
        "enkelkind | enkelsohn | enkeltochter | neffe | nichte | patenkind"
    ),
    "born": "geboren am | geboren | geb | geburtsdatum | hat am .. geburtstag | geburtstag am",
    "turns": "wird | ist | wird dann | ist dann | wird am",
    "stays_home": "bleibt zu hause | bleiben zu hause | kommt nicht mit | kommen nicht mit | bleiben bei | bleibt bei",
    "not_with": "ohne | kein | keine | nicht",
    "own_child": "mein* | unser* | sein* | ihr* | enkel* | neffe* | nichte*",
    "child_noun": "sagt | meint | empfahl | wohnt | lebt | arbeitet | hat empfohlen",
    "so_total": "also | insgesamt | =",
    "not_party": "tisch für | raum für | platz für | pro",
    "all_adults": "alle erwachsen | nur erwachsene | alles erwachsene",
    "solo": "allein | alleine | nur ich | alleinreisend* | nur für mich | für mich allein | solo | eine person",
    "lone_parent": (
        "alleinerziehend* | mein sohn und ich | meine tochter und ich | ich und mein sohn | ich und meine tochter | "
        "meine kinder und ich | ich mit meiner tochter | ich mit meinem sohn | nur mein sohn und ich"
    ),
}

_PLACE = {
    "seek": (
        "nach | auf die | auf den | in | im | auf | an die | für | oder | und | angebot für | reise nach | urlaub in | "
        "urlaub auf | zuerst | erst | dann | danach | zwischen | entweder | an den"
    ),
    "seek_name": "reise nach | urlaub in | urlaub auf | fliegen nach | angebot für | safari in | rundreise durch",
    "common_word": "nice | split | java | jordan | essen | george | reunion",
    "heading": "ziel | reiseziel | wohin",
    "number_before": "eins | zwei | drei | vier | fünf | 1 | 2 | 3 | 4 | 5 | 6",
    "not_a_place": (
        "der | die | das | ein* | zwei | drei | vier | uns* | mein* | hause | weihnachten | ostern | januar | "
        "februar | märz | april | mai | juni | juli | august | september | oktober | november | dezember | afrika | "
        "familie | personen | erwachsene | absprache | sie | ihr* | hotel* | unsere | möglichkeit"
    ),
    "neutral": "nicht weit von | nicht nur | nicht sicher ob | warum nicht | wenn nicht | nichts gegen | egal",
    "origin": (
        "ab flughafen | abflug von | abflug ab | flug ab | flüge ab | wohnen in | leben in | kommen aus | aus | "
        "von | ab | flug von | abflughafen"
    ),
    "transit": "über | via | zwischenstopp in | umsteigen in | zwischenlandung in",
    "ruled_out": (
        "nicht | kein | keine | statt | anstatt | außer | waren schon in | waren schon auf | waren in | waren auf | "
        "nicht mehr nach | nicht wieder nach | nicht mehr | genug von | war schon in | letztes jahr in | "
        "letztes jahr auf | keinesfalls | nicht nach"
    ),
    "ruled_out_after": "kommt nicht in frage | reicht uns | scheidet aus | kennen wir schon | war schön | letztes jahr",
    "place_aside": "airlines | airways | botschaft | straße | universität",
}

_MONEY = {
    "budget": (
        "budget | ausgeben | maximal | max | höchstens | bis zu | bis | nicht mehr als | unter | obergrenze | "
        "preisrahmen | preislich | zahlen würden | zur verfügung | vorgestellt | leisten | rund | ca | etwa | so um | "
        "haben wir | haben .. gespart | zwischen | limit | im rahmen von | um die | habe ich"
    ),
    "budget_after": (
        "budget | ausgeben | maximal | zur verfügung | wäre ok | höchstens | nicht überschreiten | zahlen | gespart | "
        "ist unser limit | ist das maximum | ist unsere grenze | wären ok"
    ),
    "priced": (
        "angebot über | rechnung* | anzahlung | bezahlt | überwiesen | überweisung | überweisung über | gutschrift | "
        "angezahlt | erstattung | rückerstattung | gebühr | restbetrag | gesehen für | beworben | zuschlag | "
        "kostete | statt | trinkgeld | gezahlt | preis von | kostet nur"
    ),
    "priced_after": "anzahlung | rückerstattung | überwiesen | bezahlt | rabatt | zuschlag | gezahlt",
    "stretch": "notfalls bis | notfalls | maximal | zur not | höchstens",
    "label_pp": "pro person | je person | p.p | pp",
    "label_pn": "pro nacht | je nacht",
}

_LODGING = {
    "room_join": "und | , | & | + | plus | und ein | sowie",
    "room_or": "oder",
    "room_and": "und | plus | &",
    "room_aside": "zimmerservice | badezimmer | einzelzimmerzuschlag | esszimmer | konferenzraum | zimmertyp",
    "room_reference": "das | dem | pro | im | je | ins | jedes",
    "plural": (
        "zelte | hütten | villen | wohnungen | ferienwohnungen | ferienhäuser | apartments | bungalows | chalets | "
        "*zimmern | wasserbungalows | beach bungalows | safarizelte | suiten"
    ),
    "refused": "nicht | kein | keine | ohne | statt | anstatt | brauchen kein | brauchen keine | nie",
    "refused_after": "brauchen wir nicht | ist nicht nötig | nicht nötig | muss nicht sein | lohnt sich nicht",
    "board_aside": "frühstückszeit | all in all",
    "hotel_before": (
        "hotel : | hotel namens | hotel heißt | unterkunft : | im hotel | das hotel | hotel | lodge namens | "
        "empfohlen | empfohlen wurde | so etwas wie | ähnlich wie | angebot für das | preise für | verfügbar im"
    ),
    "hotel_at": "übernachten im | wohnen im | waren im | aufenthalt im",
    "hotel_open": "noch frei | noch verfügbar | zu empfehlen | gut",
    "not_name": (
        "der | die | das | dem | den | ein | eine | einem | einen | im | ins | in | am | an | auf | unser | unserem | "
        "unsere | mein | meinem | kein | und | mit | für | von | bei | hallo | liebe | lieber | schönes | gutes | "
        "kleines | welches | dieses | diesem | bestes | hotel | luxus | safari | familien | familienzimmer | zimmer | "
        "reise | urlaub | doppelzimmer | zum | zur | nächte | bitte | sehr"
    ),
    "not_hotel": (
        "flughafen | universität | schule | weihnachten | ostern | januar | februar | märz | april | mai | juni | "
        "juli | august | september | oktober | november | dezember | montag | dienstag | mittwoch | donnerstag | "
        "freitag | samstag | sonntag | preis | budget | urlaub | sommer | winter | herbst | frühjahr | frühling | "
        "anschluss | voraus | anhang | zimmer | personen | nächte | kind* | frau | mann | familie | büro | namen | "
        "doppelzimmer | halbpension | vollpension | frühstück | erwachsene | safari | strand | meer | park | "
        "internet | zweifel | rahmen | moment | jahr | monat | august | norden | süden | osten | westen | auftrag | "
        "nationalpark | delta | falls | indischen ozean | transfer | fluss | regen | namibia | kenia | reise* | "
        "rechnung* | kosten"
    ),
    "hotel_aside": "flughafen | straße",
    "hotel_refused": "nicht | nie wieder | kein | statt | anstatt | außer | auf keinen fall | nicht ins",
    "hotel_refused_after": "nie wieder | kommt nicht in frage | war schrecklich | nicht mehr",
}

_CONTACT = {
    "title": "herr | frau | dr | prof | dipl | ing | mag | hr | fr | familie",
    "organisation": "gmbh | ag | verein | e.v | kg | reisebüro | schule | firma | formular | bewerbung",
    "role": (
        "geschäftsführer* | leiter* | leitung | abteilung | sekretariat | assistenz | straße | str | platz | tel | fax"
    ),
    "not_my_phone": "fax | nicht unter | meiner frau | meines mannes | ihre nummer | kollegin | kollege | notfall",
    "mobile": (
        "mobil | handy | mobilnummer | handynummer | whatsapp | mobiltelefon | erreichen sie mich unter | "
        "erreichbar unter | meine nummer | rufen sie mich an unter | meine handynummer"
    ),
    "landline": "tel | telefon | büro | festnetz | geschäftlich | privat",
    "reply_other": (
        "antworten sie an | antworten sie bitte an | antwort an | schicken sie .. an | senden sie .. an | "
        "antwort bitte an | angebot bitte an | meine adresse ist | schreiben sie an"
    ),
}

_KIND = {
    "auto_subject": (
        "abwesenheitsnotiz* | automatische antwort* | abwesenheit | unzustellbar* | auto-antwort | abwesend"
    ),
    "auto_text": (
        "nicht im büro | bin .. abwesend | außer haus | bin bis .. nicht | nicht weitergeleitet | im urlaub und | "
        "automatische antwort | konnte nicht zugestellt werden | eingeschränkten zugriff auf | ticketnummer | "
        "bin ab .. wieder erreichbar | diese e-mail wurde automatisch"
    ),
    "spam": (
        "seo* | platz 1 bei google | google ranking | suchmaschinenoptimierung | webdesign | kostenloses audit | "
        "kryptowährung* | lotterie | gewonnen | erbschaft | kredit* ohne schufa | jetzt kostenlos* | backlinks | "
        "ihre website haben | website analysiert | mehr besucher | online marketing | casino | leads"
    ),
    "wants": (
        "angebot für | ein angebot | bitte um ein angebot | anfrage | was kostet | was würde | wie teuer | suchen | "
        "sucht | suche | interessieren uns | interessiere mich | möchten .. nach | möchten .. reisen | möchten wir | "
        "möchte .. nach | wollen .. nach | wollen wir | planen | würden gern* | würde gern* | träumen von | "
        "haben sie | gibt es | können sie anbieten | machen sie mir | unterbreiten | preise für | wollen nach | "
        "möchten vom | möchten im | preisvorschlag | offerte | wünschen uns | reise nach | urlaub | wollen mit | "
        "möchten mit | wollen im | wollen nächstes | verreisen"
    ),
    "existing": (
        "unsere buchung | meine buchung | buchungsnummer | unsere reservierung | meine reservierung | ihr angebot | "
        "das angebot | unser angebot | ihrem angebot | dem angebot | haben bei ihnen gebucht | gebuchte* reise | "
        "unsere reise | unseren aufenthalt | unserem aufenthalt | unser aufenthalt | unsere gebuchte | "
        "buchung | unsere unterlagen | reiseunterlagen | unser flug | unsere anreise"
    ),
    "booking": (
        "visum | visa | gepäck | transfer* | impfung* | check-in | flughafen | wie viel uhr | um wie viel | "
        "wann müssen | enthalten | bestätigen sie | babybett | unterlagen | tickets | sitzplätze | brauchen wir | "
        "abgeholt | malaria"
    ),
    "change": (
        "erst am | später anreisen | früher anreisen | dafür aber | eine nacht mehr | nächte mehr | ändern | "
        "änderung* | verschieben | umbuchen | verlegen | verlängern | verkürzen | statt | anstatt | doch | "
        "nun doch | hinzufügen | dazu | weniger | mehr | upgrade | anderes hotel | lieber | tauschen | zusätzlich"
    ),
    "change_strong": "umbuchen | verschieben | stornieren | buchung ändern | ändern",
    "cancel": "stornieren | stornierung | storno | absagen | nicht antreten | rücktritt | zurücktreten",
    "invoice": (
        "rechnung* | zahlung* | überweisung | überwiesen | anzahlung | restzahlung | zahlungsbestätigung | "
        "erstattung | rückerstattung | quittung | mahnung | bankverbindung | kontonummer | iban | kreditkarte | "
        "doppelt abgebucht"
    ),
    "complaint": (
        "beschwer* | enttäusch* | unverschämt* | frechheit | inakzeptabel | reklamation | reklamieren | schmutzig | "
        "unfreundlich | skandal | katastrophe | katastrophal | entschädigung | schadenersatz | schadensersatz | "
        "niemand ruft | niemand antwortet | keine antwort erhalten | mangelhaft | verbraucherzentrale | anwalt | "
        "unzufrieden | warte ich auf eine antwort | warten wir auf | dreckig | unzumutbar | empörend | ärgerlich"
    ),
    "complaint_strong": (
        "beschwer* | reklamation | entschädigung | schadenersatz | schadensersatz | verbraucherzentrale"
    ),
    "accept": (
        "nehmen es | nehmen das angebot | nehmen es an | nehmen ihr angebot an | nehmen wir an | angebot passt | "
        "angebot an | bitte buchen | buchen sie bitte | bitte verbindlich | verbindlich buchen | einverstanden | "
        "sind einverstanden | zusagen | wir sagen zu | buchen sie das | bitte fest buchen | gefällt uns sehr gut | "
        "ja zu | nehme das angebot | nehme es | möchten wir buchen | möchten das angebot annehmen | angebot annehmen | "
        "passt alles | buchen sie verbindlich"
    ),
    "accept_but": (
        "aber könnten sie | aber bitte noch | nur wenn | nicht einverstanden | nicht annehmen | bevor wir zusagen"
    ),
    "job": "bewerbe mich | bewerbung als | lebenslauf | praktikum | stellenanzeige | bewerbung um | bewerbung",
    "newsletter": (
        "newsletter | abmelden | liebe partner | sehr geehrte partner | agenturpartner | nettopreise | reisebüropartner"
    ),
    "misdirected": (
        "irrtümlich | falsche adresse | nicht für sie bestimmt | ihr paket | teambesprechung | mitarbeiterversammlung"
    ),
}

_PARTS = {
    "closing": (
        "mit freundlichen grüßen | freundliche grüße | viele grüße | liebe grüße | beste grüße | herzliche grüße | "
        "schöne grüße | gruß | grüße | grüsse | freundliche grüsse | mfg | lg | vg | bg | hochachtungsvoll | "
        "vielen dank | danke | besten dank | herzlichst | danke im voraus | dank im voraus | liebe grüsse | "
        "beste grüsse | herzliche grüsse | viele grüsse | mit besten grüßen | mit lieben grüßen | bis bald | danke und"
    ),
    "disclaimer": (
        "diese e-mail enthält | diese nachricht ist vertraulich | vertraulich | von meinem iphone gesendet | "
        "gesendet von"
    ),
    "second_trip": (
        "zweitens | zweite reise | eine zweite reise | außerdem brauchen wir ein angebot | weitere reise | "
        "zweite anfrage"
    ),
}

_FORMS = {
    "form_name": "name | vor- und nachname | ihr name | vorname und nachname | vorname | ansprechpartner | kunde",
    "form_email": "e-mail | email | e-mail-adresse | mailadresse | e mail adresse | ihre e-mail",
    "form_phone": "telefon | telefonnummer | handy | handynummer | mobil | mobilnummer | tel | rückrufnummer",
    "form_destination": "reiseziel | ziel | wohin | destination | urlaubsziel | reiseland | land | zielgebiet",
    "form_origin": "abflughafen | abflugort | wohnort | land des wohnsitzes | von | ab",
    "form_check_in": (
        "anreise | anreisedatum | ankunft | reisedatum | reisezeitraum | von datum | hinreise | reisetermin | "
        "zeitraum | wann | reisemonat | reisezeit"
    ),
    "form_check_out": "abreise | abreisedatum | rückreise | bis | rückflug | rückreisedatum",
    "form_nights": "nächte | anzahl nächte | dauer | reisedauer | aufenthaltsdauer | anzahl der nächte | tage",
    "form_adults": "erwachsene | anzahl erwachsene | anzahl der erwachsenen",
    "form_people": "personen | anzahl personen | reisende | teilnehmer | personenanzahl | personenzahl",
    "form_children": "kinder | anzahl kinder | kinder und alter | anzahl der kinder | kinder alter",
    "form_ages": "alter der kinder | kinderalter | alter",
    "form_rooms": "zimmer | anzahl zimmer | zimmeranzahl | zimmertyp | unterkunft",
    "form_board": "verpflegung | verpflegungsart | mahlzeiten",
    "form_budget": (
        "budget | budget pro person | budget gesamt | gesamtbudget | preisvorstellung | budget p.p | maximales budget"
    ),
    "form_hotel": "hotel | wunschhotel | hotelwunsch",
    "form_comments": (
        "bemerkungen | bemerkung | nachricht | kommentar | anmerkungen | wünsche | sonstiges | mitteilung | "
        "ihre nachricht | besondere wünsche | anmerkung"
    ),
    "form_aside": (
        "quelle | kampagne | wie haben sie von uns erfahren | newsletter | datenschutz | eingegangen am | "
        "plattform | firma"
    ),
    "form_days": "tage | anzahl tage",
    "form_months": "monat | monate | monaten",
}

CUES: Mapping[str, str] = {
    **_TIME, **_PARTY, **_PLACE, **_MONEY, **_LODGING, **_CONTACT, **_KIND, **_PARTS, **_FORMS,
    "but": "aber | jedoch | sondern",
    "then": "dann | danach | anschließend",
}  # fmt: skip
