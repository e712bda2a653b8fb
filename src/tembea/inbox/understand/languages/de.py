"""German."""

from tembea.inbox.understand.languages.compounds import ages_in_one, unit_first
from tembea.inbox.understand.languages.de_cues import CUES
from tembea.inbox.understand.vocabulary import Vocabulary

_NUMBERS = "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"

GERMAN = Vocabulary(
    code="de",
    telltales="der die das und ist wir ich nicht für mit von zu dem den ein eine einen einem einer auf auch sie ihr "
    "unser unsere unserer möchten möchte bitte im am zum zur nach bis vom wird haben sind uns mir mich als oder wie "
    "was noch sehr geehrte damen herren grüße gruß viele hallo guten reise angebot anfrage nächte tage personen "
    "erwachsene kinder zimmer über bei aus danke",
    numbers="null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn",
    tens=_TENS,
    ordinals="erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte",
    months=(
        "januar | jänner | jan",
        "februar | feber | feb",
        "märz | maerz | mrz | märz",
        "april | apr",
        "mai",
        "juni | jun",
        "juli | jul",
        "august | aug",
        "september | sept | sep",
        "oktober | okt",
        "november | nov",
        "dezember | dez",
    ),
    weekdays=(
        "montag | mo | montags",
        "dienstag | di | dienstags",
        "mittwoch | mi | mittwochs",
        "donnerstag | donnerstags",
        "freitag | fr | freitags",
        "samstag | sa | sonnabend | samstags",
        "sonntag | sonntags",
    ),
    terms={
        **unit_first(
            ("ein", *["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]), _TENS.split(), "und"
        ),
        **ages_in_one(_NUMBERS.split(), "jährig", ("", "e", "en", "er", "es")),
        "NUMWORD=2": "zwo | zwei",
        "NUMWORD=12": "dutzend",
        "ORD=1": "ersten | erster | erstes",
        "ORD=2": "zweiten | zweiter",
        "ORD=3": "dritten",
        "ORD=4": "vierten",
        "SCALE=100": "hundert",
        "SCALE=1000": "tausend",
        "SCALE=1000000": "million | millionen",
        "CUR=EUR": "euros | teuro",
        "CUR=USD": "dollar | us dollar",
        "CUR=CHF": "franken | schweizer franken | fr",
        "CUR=ZAR": "rand | südafrikanische rand",
        "CUR=GBP": "pfund",
        "AND": "und | sowie | u | u.",
        "PLUS": "plus | zuzüglich",
        "OR": "oder | bzw | beziehungsweise",
        "TO": "bis",
        "TILL": "bis zum | bis zu | bis einschließlich | bis inkl",
        "FROM": "von | vom | ab | ab dem | ab den | von dem",
        "BETWEEN": "zwischen | zwischen dem | irgendwann zwischen",
        "OF": "des | der",
        "THE": "die | das | den | dem",
        "ART": "ein | eine | einen | einem | einer | eines",
        "IN": "in | im | während | innerhalb",
        "ON": "am | auf",
        "AT": "an | bei | beim",
        "FOR": "für",
        "WITH": "mit | samt",
        "WITHOUT": "ohne | exklusive | außer",
        "THEN": "dann | danach | anschließend",
        "NOT": "nicht | kein | keine | keinen | nie | statt | anstatt | weder",
        "ANYWORD": "beliebige | irgendwelche",
        "EVERY": "jeder | jede | jedes",
        "BE": "ist | sind | bin | war | waren | wäre | wären",
        "WILL": "wird | werden | werde",
        "WHO": "wer | welche | welcher",
        "SELF": "ich | mich | mir",
        "WE": "wir | uns",
        "MY": "mein | meine | meinen | meinem | meiner | meines",
        "OUR": "unser | unsere | unseren | unserem | unserer | unseres",
        "THEIR": "ihr | ihre | ihren | ihrem | ihrer | sein | seine | seinen | seinem | seiner",
        "HE": "er | sie",
        "ALL": "alle | allen",
        "BOTH": "beide | beiden",
        "JUST": "nur | bloß | gerade",
        "IF": "wenn | falls",
        "BUT": "aber | jedoch | doch",
        "LIKE": "wie | ähnlich wie",
        "INCLUDING": "inklusive | inkl | einschließlich | davon | darunter",
        "OPTION": "option | variante | vorschlag",
        "OTHERADJ": "weitere | weiteren | andere | anderen | mehr | zusätzliche",
        "ADJ": (
            "große | großen | kleine | kleinen | kleiner | kleines | ältere | älteren | erwachsene freunde | junge | "
            "schöne | schönes | nette | gute | beste | besten | gemeinsamen | ganze | liebe | lieben | alte"
        ),
        "ALSO": "auch",
        "NIGHT": "nacht | nächte | nächten | naechte | naechten | übernachtung | übernachtungen | ü",
        "DAY": "tag | tage | tagen",
        "WEEK": "woche | wochen",
        "FORTNIGHT": "vierzehn tage | 14 tage | 14 tagen",
        "MONTHU": "monat | monate | monaten | monats",
        "YEARU": "jahr | jahre | jahren | j | jährig",
        "MONTH_OLD": "monate alt | monate alte | monate altes | monaten alt",
        "YEAR_OLD": "jahre alt | jahre alte | jahre alten | jährige | jähriger | jährigen | jähriges | jaehrige",
        "WEEKEND": "wochenende",
        "LONG_WEEKEND": "langes wochenende | verlängertes wochenende | verlängerten wochenende",
        "TODAY": "heute",
        "TOMORROW": "morgen früh",
        "NEXT": "nächste | nächsten | nächster | nächstes | nächstem | folgenden",
        "THIS": "diese | diesen | diesem | dieser | dieses | kommenden | kommende | kommendes | kommendem",
        "LAST": "letzte | letzten | letzter | letztes",
        "RELYEAR=0": "dieses jahr | in diesem jahr | diesen jahres | dieses jahres | heuer",
        "RELYEAR=1": (
            "nächstes jahr | nächsten jahres | im nächsten jahr | kommendes jahr | kommenden jahres | im kommenden jahr"
        ),
        "RELYEAR=2": "übernächstes jahr | übernächsten jahres",
        "MID": "mitte",
        "EARLY": "anfang | beginn | zu beginn",
        "LATE": "ende",
        "HALF": "hälfte | halbe",
        "SEASON": (
            "sommer | sommerferien | winter | frühjahr | frühling | herbst | trockenzeit | nebensaison | "
            "spätsommer | regenzeit | hochsaison"
        ),
        "SCHOOL_HOLIDAY": "schulferien | ferien",
        "FEAST=10": "herbstferien",
        "FEAST=12": "weihnachten | weihnachtsferien | weihnachtszeit",
        "EASTER": "ostern | osterwochenende | ostertage",
        "EASTER_HOLIDAY": "osterferien",
        "AROUND": "ca | circa | etwa | ungefähr | rund | zirka | so um die | um die | gegen | so | etwa um",
        "TURN": "wird | werden | geworden",
        "TOTAL": "insgesamt | gesamt | in summe | total",
        "ADULT": "erwachsene | erwachsenen | erwachsener | erw | erwachsne",
        "PERSON": (
            "person | personen | pers | leute | leuten | reisende | reisenden | teilnehmer | teilnehmern | gäste | "
            "gästen"
        ),
        "GROUP": (
            "taucher | tauchern | golfer | golfern | kollegen | mitarbeiter | mitarbeitern | damen | herren | "
            "senioren | frauen | männer | wanderer | lehrer | lehrern | mitglieder | mitgliedern | geschwister | "
            "studenten | surfer | radfahrer | radler | ärzte"
        ),
        "FRIEND": "freund | freunde | freunden | freundinnen | kumpel | kumpels | bekannte",
        "COUPLE": (
            "paar | ehepaar | pärchen | zu zweit | wir zwei | wir beide | uns beide | uns zwei | flitterwochen | "
            "hochzeitsreise | brautpaar | für uns beide | frischvermählte | großeltern"
        ),
        "COUPLES": "paare | ehepaare | paaren | ehepaaren | pärchen",
        "HEADS=3": "zu dritt",
        "HEADS=4": "zu viert",
        "HEADS=5": "zu fünft",
        "HEADS=6": "zu sechst",
        "HEADS=7": "zu siebt",
        "HEADS=8": "zu acht",
        "FEW": "ein paar | einige | mehrere",
        "SPOUSE": (
            "frau | mann | ehemann | ehefrau | partner | partnerin | freundin | verlobte | verlobter | verlobten | "
            "lebensgefährte | lebensgefährtin | lebensgefährten | göttergatte"
        ),
        "PARENTS": "eltern | schwiegereltern",
        "RELATIVE": (
            "mutter | vater | mama | papa | oma | opa | großmutter | großvater | bruder | schwester | tante | onkel | "
            "cousin | cousine | schwiegermutter | schwiegervater | schwager | schwägerin | kollegin | kollege"
        ),
        "CHILD": "kind | kinder | kindern | kids | kid | kleinkinder | jüngste | älteste | kleine tochter",
        "KIN": (
            "sohn | söhne | söhnen | tochter | töchter | töchtern | junge | jungs | mädchen | mädels | enkel | "
            "enkelin | enkelkind | enkelkinder | enkelkindern | enkeln | enkelsohn | enkeltochter | neffe | neffen | "
            "nichte | nichten | sohnemann | stiefsohn | stieftochter | patenkind"
        ),
        "PUPIL": "schüler | schülern | schulkinder | schülerinnen",
        "TWINS": "zwillinge | zwillingen",
        "TRIPLETS": "drillinge",
        "INFANT": "baby | babys | säugling | neugeborenes",
        "TODDLER": "kleinkind",
        "TEEN": "teenager | teenagern | jugendliche | jugendlichen | teenie | teenies",
        "AGED": "alter | im alter | im alter von | alter von",
        "FAMILY": "familie | familie mit | familie von",
        "PARTY_OF": "wir sind | gruppe von | gruppe mit | wir wären | insgesamt | es sind",
        "ROOM": "zimmer | zimmern | schlafzimmer | hotelzimmer | räume | zi",
        "ROOMTYPE": (
            "doppelzimmer | einzelzimmer | familienzimmer | dreibettzimmer | zweibettzimmer | dz | ez | "
            "vierbettzimmer | doppelzimmern | einzelzimmern | familienzimmern | mehrbettzimmer"
        ),
        "UNIT": (
            "ferienwohnung | ferienhaus | ferienwohnungen | ferienhäuser | apartment | apartments | appartement | "
            "wohnung | zelt | zelte | zelten | safarizelt | safarizelte | hütte | hütten | wasservilla | strandvilla | "
            "wasserbungalow | wasserbungalows | beach bungalow | beach bungalows | villen | chalets | wasservillen"
        ),
        "BOARD=RO": (
            "selbstversorgung | selbstversorger | ohne verpflegung | nur übernachtung | ohne mahlzeiten | "
            "nur unterkunft | kochen selbst"
        ),
        "BOARD=BB": "frühstück | übernachtung mit frühstück | übernachtung frühstück | ü f | bed and breakfast | ÜF",
        "BOARD=HB": "halbpension | hp | frühstück und abendessen | mit abendessen | frühstück & abendessen",
        "BOARD=FB": "vollpension | vp | alle mahlzeiten | allen mahlzeiten | vollverpflegung | drei mahlzeiten",
        "BOARD=AI": (
            "alles inklusive | all inklusive | alles inklusiv | all inklusiv | all in | vollpension mit getränken | "
            "alle mahlzeiten und getränke"
        ),
        "PP": (
            "pro person | je person | p person | pro kopf | pro nase | jeweils | pro teilnehmer | pro erwachsenen | "
            "p. p | p p | pro schüler"
        ),
        "PN": (
            "pro nacht | je nacht | die nacht | pro tag | pro zimmer | pro zimmer und nacht | pro nacht und zimmer | "
            "pro übernachtung | je zimmer und nacht"
        ),
        "PPPN": (
            "pro person und nacht | pro person pro nacht | pro nacht und person | pro person und tag | "
            "pro kopf und nacht | je person und nacht | pro nase und nacht | pro nacht pro person"
        ),
        "TOTALMONEY": (
            "insgesamt | gesamt | zusammen | für alle | für uns alle | für beide | für uns beide | pro paar | "
            "total | für die ganze familie | alles zusammen | für die gesamte reise | gesamtbudget | für die familie"
        ),
        "HOTEL": "hotels | gästehaus | pension | unterkunft",
    },
    cues=CUES,
    region="DE",
)
