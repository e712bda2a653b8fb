"""Dutch."""

from tembea.inbox.understand.languages.compounds import ages_in_one, unit_first
from tembea.inbox.understand.languages.nl_cues import CUES
from tembea.inbox.understand.vocabulary import Vocabulary

_UNITS = ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"]
_NUMBERS = "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien"
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig"

DUTCH = Vocabulary(
    code="nl",
    telltales="het een en wij we zijn van voor naar met niet geen graag wil willen ons onze mijn ik je jullie uw u "
    "op in te dat die of ook nog tot bij over maar kunnen kunt hebben heeft nachten personen volwassenen kinderen "
    "kamer kamers reis offerte boeking groeten groet vriendelijke beste goedendag goedemiddag hallo dank alvast "
    "samen heel wat hoe",
    numbers="nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien",
    tens=_TENS,
    ordinals="eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde",
    months=(
        "januari | jan",
        "februari | feb | febr",
        "maart | mrt",
        "april | apr",
        "mei",
        "juni | jun",
        "juli | jul",
        "augustus | aug",
        "september | sept | sep",
        "oktober | okt",
        "november | nov",
        "december | dec",
    ),
    weekdays=(
        "maandag | ma",
        "dinsdag | di",
        "woensdag | wo",
        "donderdag",
        "vrijdag | vr",
        "zaterdag | za",
        "zondag",
    ),
    terms={
        **unit_first(_UNITS, _TENS.split(), "en"),
        **ages_in_one(_NUMBERS.split(), "jarig", ("", "e")),
        "ART": "een | 'n",
        "NUMWORD=1": "één",
        "NUMWORD=12": "dozijn",
        "SCALE=100": "honderd",
        "SCALE=1000": "duizend",
        "SCALE=1000000": "miljoen",
        "CUR=EUR": "euros | euro's",
        "CUR=USD": "dollar | dollars | amerikaanse dollar",
        "CUR=ZAR": "rand | zuid-afrikaanse rand",
        "CUR=GBP": "pond",
        "AND": "en | evenals | alsmede",
        "PLUS": "plus",
        "OR": "of | ofwel | dan wel",
        "TO": "tot | naar",
        "TILL": "tot en met | t/m | tm | tot aan",
        "FROM": "vanaf | sinds",
        "BETWEEN": "tussen | ergens tussen",
        "OF": "van",
        "THE": "de | het | die | dat",
        "IN": "in | over | tijdens | binnen",
        "ON": "op",
        "AT": "bij | om | aan",
        "FOR": "voor",
        "WITH": "met",
        "WITHOUT": "zonder | exclusief | behalve",
        "THEN": "dan | daarna | vervolgens",
        "NOT": "niet | geen | nooit | in plaats van | noch",
        "ANYWORD": "willekeurige",
        "EVERY": "elke | ieder | iedere",
        "BE": "is | zijn | ben | was | waren",
        "WILL": "zal | zullen | wordt | worden",
        "WHO": "wie | waarvan",
        "SELF": "ik | mij | me | mezelf",
        "WE": "wij | we | ons",
        "MY": "mijn | m'n",
        "OUR": "onze",
        "THEIR": "haar | hun",
        "HE": "hij | zij | ze",
        "YOUR": "jullie | uw | je",
        "ALL": "alle | allemaal | iedereen",
        "BOTH": "beide | beiden",
        "JUST": "alleen maar | slechts | enkel",
        "IF": "als | indien",
        "BUT": "maar | echter",
        "LIKE": "zoals | vergelijkbaar met",
        "INCLUDING": "inclusief | incl | waaronder | waarvan",
        "OPTION": "optie | voorstel",
        "OTHERADJ": "andere | meer | extra | nog",
        "ADJ": (
            "grote | kleine | oudere | jonge | mooie | leuke | goede | beste | hele | volwassen | gezamenlijke | "
            "oude | lieve"
        ),
        "ALSO": "ook",
        "NIGHT": "nacht | nachten | overnachting | overnachtingen | nachtjes",
        "DAY": "dag | dagen | daagjes",
        "WEEK": "week | weken | weekje | weekjes",
        "FORTNIGHT": "veertien dagen | 14 dagen",
        "MONTHU": "maand | maanden",
        "YEARU": "jaar | jaren | jr",
        "MONTH_OLD": "maanden oud | maand oud | maanden oude",
        "YEAR_OLD": "jaar oud | jarige | jaar oude | jarig",
        "WEEKEND": "weekend | weekendje",
        "LONG_WEEKEND": "lang weekend | verlengd weekend",
        "TODAY": "vandaag | nu",
        "TOMORROW": "morgen",
        "NEXT": "volgende | volgend",
        "THIS": "deze | dit | komende | komend | aanstaande | aankomende",
        "LAST": "laatste | vorige | afgelopen",
        "RELYEAR=0": "dit jaar | later dit jaar",
        "RELYEAR=1": "volgend jaar | komend jaar",
        "MID": "half | medio | midden",
        "EARLY": "begin | begin van",
        "LATE": "eind | einde | eind van | het einde van",
        "HALF": "helft",
        "SEASON": (
            "zomer | zomervakantie | winter | voorjaar | lente | najaar | herfst | droge seizoen | laagseizoen | "
            "hoogseizoen"
        ),
        "SCHOOL_HOLIDAY": "schoolvakantie | vakantie",
        "FEAST=2": "krokusvakantie",
        "FEAST=5": "meivakantie",
        "FEAST=10": "herfstvakantie",
        "FEAST=12": "kerst | kerstmis | kerstvakantie | feestdagen",
        "EASTER": "pasen | paasweekend",
        "EASTER_HOLIDAY": "paasvakantie",
        "AROUND": "ongeveer | circa | ca | rond | rond de | zo'n | zon | omstreeks | rond de | om en nabij",
        "TURN": "wordt | worden",
        "TOTAL": "totaal | in totaal | alles bij elkaar",
        "ADULT": "volwassene | volwassenen | volw | volwassen",
        "PERSON": "persoon | personen | pers | mensen | reizigers | deelnemers | gasten | man sterk",
        "GROUP": (
            "duikers | golfers | collega's | medewerkers | dames | heren | vrouwen | mannen | senioren | leraren | "
            "wandelaars | leden | studenten | surfers | fietsers | broers | zussen"
        ),
        "FRIEND": "vrienden | vriendinnen | maat | maten | kennissen | bevriend",
        "COUPLE": (
            "stel | koppel | echtpaar | huwelijksreis | wij tweetjes | ons tweetjes | ons tweeën | met z'n tweeën | "
            "met zn tweeën | wij twee | ons beiden | wij beiden | met ons tweeën | grootouders"
        ),
        "COUPLES": "stellen | koppels | echtparen | stelletjes",
        "HEADS=3": "met z'n drieën | met zn drieën | met ons drieën",
        "HEADS=4": "met z'n vieren | met zn vieren | met ons vieren",
        "HEADS=5": "met z'n vijven | met zn vijven | met ons vijven",
        "HEADS=6": "met z'n zessen | met zn zessen | met ons zessen",
        "HEADS=7": "met z'n zevenen | met ons zevenen",
        "HEADS=8": "met z'n achten | met ons achten",
        "FEW": "een paar | enkele | enige | paar",
        "SPOUSE": "vrouw | man | echtgenoot | echtgenote | partner | vriend | vriendin | verloofde | vriendje",
        "PARENTS": "ouders | schoonouders",
        "RELATIVE": (
            "moeder | vader | mama | papa | oma | opa | broer | zus | zusje | broertje | tante | oom | nicht | neef | "
            "schoonmoeder | schoonvader | schoonzus | zwager | collega"
        ),
        "CHILD": "kind | kinderen | kids | kindje | kindjes | kleintjes | kleintje | jongste | oudste",
        "KIN": (
            "zoon | zoons | zonen | dochter | dochters | jongen | jongens | meisje | meisjes | meiden | kleinzoon | "
            "kleindochter | kleinkind | kleinkinderen | zoontje | dochtertje | neefje | nichtje | petekind | stiefzoon"
        ),
        "PUPIL": "leerlingen | scholieren",
        "TWINS": "tweeling",
        "TRIPLETS": "drieling",
        "INFANT": "baby | baby's | zuigeling",
        "TODDLER": "peuter | peuters | kleuter | kleuters | dreumes",
        "TEEN": "tiener | tieners | puber | pubers",
        "AGED": "leeftijd | in de leeftijd van | leeftijden | van de leeftijd",
        "FAMILY": "gezin | gezin van | familie | gezin met | familie van",
        "PARTY_OF": "wij zijn | we zijn | groep van | zijn met | we zijn met | wij zijn met | wij zijn met zijn",
        "ROOM": "kamer | kamers | slaapkamer | hotelkamer | hotelkamers | slaapkamers",
        "ROOMTYPE": (
            "tweepersoonskamer | tweepersoonskamers | eenpersoonskamer | eenpersoonskamers | familiekamer | "
            "familiekamers | driepersoonskamer | driepersoonskamers | dubbele kamer | dubbele kamers | gezinskamer | "
            "vierpersoonskamer"
        ),
        "UNIT": (
            "appartement | appartementen | huisje | huisjes | tent | tenten | safaritent | safaritenten | "
            "vakantiehuis | watervilla | strandvilla | strandhuis | hut | hutten | watervilla's | villa's"
        ),
        "BOARD=RO": "zelfverzorging | logies | zonder maaltijden | alleen logies | zelf koken | logies zonder ontbijt",
        "BOARD=BB": "ontbijt | logies en ontbijt | logies met ontbijt | logies ontbijt",
        "BOARD=HB": "halfpension | half pension | ontbijt en diner | ontbijt en avondeten",
        "BOARD=FB": "volpension | vol pension | alle maaltijden | drie maaltijden",
        "BOARD=AI": "alles inclusief | all in | alle maaltijden en drankjes | all inclusief",
        "PP": "per persoon | pppersoon | per hoofd | de man | ieder | elk | per pers | per deelnemer | p p",
        "PN": "per nacht | per kamer per nacht | per dag | de nacht | per kamer | per nacht per kamer",
        "PPPN": (
            "per persoon per nacht | p p p n | pppn | per nacht per persoon | per persoon per dag | "
            "per persoon en nacht"
        ),
        "TOTALMONEY": (
            "in totaal | totaal | samen | voor ons allemaal | voor iedereen | voor ons tweetjes | voor ons beiden | "
            "voor het hele gezin | alles bij elkaar | per koppel | voor ons samen | voor de hele groep | "
            "voor ons twee"
        ),
        "HOTEL": "hotels | pension | guesthouse",
    },
    cues=CUES,
    region="NL",
)
