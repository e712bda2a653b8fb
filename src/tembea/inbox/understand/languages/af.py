"""Afrikaans, as it is written by people who mix English into it."""

from tembea.inbox.understand.languages.af_cues import CUES
from tembea.inbox.understand.languages.compounds import ages_in_one, unit_first
from tembea.inbox.understand.vocabulary import Vocabulary

_UNITS = ["een", "twee", "drie", "vier", "vyf", "ses", "sewe", "agt", "nege"]
_NUMBERS = "een twee drie vier vyf ses sewe agt nege tien elf twaalf dertien veertien vyftien sestien sewentien"
_TENS = "twintig dertig veertig vyftig sestig sewentig tagtig negentig"

AFRIKAANS = Vocabulary(
    code="af",
    telltales="die en nie ons is vir wil van met by asseblief graag kan julle het 'n n my ek u wat nog sal om te hulle "
    "hierdie na toe hoe baie dankie groete goeie goeiemôre goeiedag goeiemiddag hallo nagte mense volwassenes kinders "
    "kamers kwotasie soek stuur geskryf bespreking vakansie ook maar saam sonder sowat so hoeveel",
    numbers="nul een twee drie vier vyf ses sewe agt nege tien elf twaalf dertien veertien vyftien sestien sewentien "
    "agtien negentien",
    tens=_TENS,
    ordinals="eerste tweede derde vierde vyfde sesde sewende agtste negende tiende elfde twaalfde",
    months=(
        "januarie | jan",
        "februarie | feb",
        "maart | mrt",
        "april | apr",
        "mei",
        "junie | jun",
        "julie | jul",
        "augustus | aug",
        "september | sept | sep",
        "oktober | okt",
        "november | nov",
        "desember | des",
    ),
    weekdays=(
        "maandag | ma",
        "dinsdag",
        "woensdag | woe",
        "donderdag",
        "vrydag",
        "saterdag",
        "sondag",
    ),
    terms={
        **unit_first(_UNITS, _TENS.split(), "-en-"),
        **ages_in_one(_NUMBERS.split(), "jarig", ("", "e")),
        "ART": "'n | n",
        "NUMWORD=1": "een | 'n enkele",
        "NUMWORD=12": "dosyn",
        "SCALE=100": "honderd",
        "SCALE=1000": "duisend",
        "SCALE=1000000": "miljoen",
        "CUR=ZAR": "rand",
        "CUR=USD": "dollar",
        "CUR=GBP": "pond",
        "AND": "en | asook | sowel as",
        "PLUS": "plus",
        "OR": "of | of dalk",
        "TO": "tot",
        "TILL": "tot en met | tot by | tot die",
        "FROM": "vanaf | van die",
        "BETWEEN": "tussen | iewers tussen",
        "OF": "van | se",
        "THE": "die",
        "IN": "in | oor | gedurende | tydens | binne",
        "ON": "op",
        "AT": "by | om",
        "FOR": "vir",
        "WITH": "met | saam met",
        "WITHOUT": "sonder | uitgesluit | behalwe",
        "THEN": "dan | daarna",
        "NOT": "nie | geen | nooit | in plaas van | pleks van",
        "ANYWORD": "enige",
        "EVERY": "elke",
        "BE": "is | was | wees",
        "WILL": "sal",
        "WHO": "wat | wie | waarvan",
        "SELF": "ek | myself",
        "WE": "ons",
        "MY": "my",
        "THEIR": "sy | haar | hulle",
        "HE": "hy",
        "YOUR": "julle | u | jou",
        "ALL": "al | almal | alle",
        "BOTH": "albei | beide",
        "JUST": "net | slegs",
        "IF": "as | indien",
        "BUT": "maar | egter",
        "LIKE": "soos",
        "INCLUDING": "ingesluit | insluitend | waarvan",
        "OPTION": "opsie | voorstel",
        "OTHERADJ": "ander | nog | ekstra | meer",
        "ADJ": "groot | klein | ouer | jong | mooi | lekker | goeie | beste | afgetrede | liewe | ou",
        "ALSO": "ook",
        "NIGHT": "nag | nagte | aand | aande | oornag",
        "DAY": "dag | dae",
        "WEEK": "week | weke",
        "FORTNIGHT": "veertien dae | 14 dae",
        "MONTHU": "maand | maande",
        "YEARU": "jaar | jare | jr",
        "MONTH_OLD": "maande oud | maand oud | maande oue",
        "YEAR_OLD": "jaar oud | jarige | jaar oue",
        "WEEKEND": "naweek",
        "LONG_WEEKEND": "lang naweek",
        "TODAY": "vandag | nou",
        "TOMORROW": "môre oggend",
        "NEXT": "volgende",
        "THIS": "hierdie | komende | aanstaande | dié",
        "LAST": "laaste | verlede | vorige",
        "RELYEAR=0": "vanjaar | hierdie jaar",
        "RELYEAR=1": "volgende jaar | aanstaande jaar",
        "MID": "middel | middel van | helfte van | middel-",
        "EARLY": "begin | begin van | die begin van | vroeg in | vroeg",
        "LATE": "einde | einde van | die einde van | laat | laat in | end van",
        "HALF": "helfte",
        "SEASON": "somer | winter | lente | herfs | droë seisoen | buiteseisoen",
        "SCHOOL_HOLIDAY": "skoolvakansie | vakansie | skoolvakansies",
        "FEAST=12": "kersfees | kerstyd | desembervakansie | feesseisoen | kersvakansie",
        "FEAST=7": "julievakansie",
        "FEAST=9": "septembervakansie",
        "EASTER": "paasnaweek | paasfees | paas | paasfees naweek",
        "EASTER_HOLIDAY": "paasvakansie | aprilvakansie",
        "AROUND": "ongeveer | so | omtrent | rondom | om en by | sowat | so om en by | min of meer",
        "TURN": "word | verjaar",
        "TOTAL": "totaal | in totaal | altesaam | altesame | alles saam",
        "ADULT": "volwassene | volwassenes | grootmense | grootmens | volw",
        "PERSON": "mens | mense | persoon | persone | gaste | reisigers | siele | van ons",
        "GROUP": (
            "manne | vroue | dames | ouens | gholfspelers | duikers | kollegas | afgetredenes | pensioenarisse | "
            "lede | personeel | onderwysers | broers | susters | boere | jagters | hengelaars | meisies naweek | "
            "vriendinne saam"
        ),
        "FRIEND": "vriend | vriende | vriendinne | pêlle | maat | maats | tjomme",
        "COUPLE": (
            "paartjie | egpaar | wittebrood | wittebroodsreis | ons twee gaan | ons twee wil | ons twee soek | "
            "die twee van ons | net ons twee | ons albei | huweliksreis | pasgetroudes"
        ),
        "COUPLES": "pare | egpare | paartjies",
        "FEW": "'n paar | enkele | etlike",
        "SPOUSE": (
            "vrou | man | eggenoot | eggenote | verloofde | meisie | kêrel | lewensmaat | wederhelfte | metgesel | "
            "vriendin"
        ),
        "PARENTS": "ouers | skoonouers | ma en pa | pa en ma | oupa en ouma | ouma en oupa | grootouers",
        "RELATIVE": (
            "ma | pa | ouma | oupa | broer | suster | sus | boet | tannie | oom | niggie | neef | skoonma | skoonpa | "
            "skoonsuster | swaer | kollega | moeder | vader"
        ),
        "CHILD": "kind | kinders | kids | kleinding | kleingoed | jongste | oudste | kleintjie | kleintjies",
        "KIN": (
            "seun | seuns | dogter | dogters | dogtertjie | seuntjie | kleinkind | kleinkinders | kleinseun | "
            "kleindogter | meisies | susterskind | broerskind | nefie | dogtertjies | seuntjies"
        ),
        "PUPIL": "leerders | leerlinge | skoolkinders",
        "TWINS": "tweeling",
        "TRIPLETS": "drieling",
        "INFANT": "baba | babas | babatjie | suigeling",
        "TODDLER": "kleuter | kleuters | peuter",
        "TEEN": "tiener | tieners",
        "AGED": "ouderdom | ouderdomme | ouderdom van",
        "FAMILY": "gesin | gesin van | familie | familie van",
        "PARTY_OF": "ons is | groep van | daar is | is met",
        "ROOM": "kamer | kamers | slaapkamer | hotelkamer | hotelkamers",
        "ROOMTYPE": (
            "dubbelkamer | dubbelkamers | enkelkamer | enkelkamers | gesinskamer | gesinskamers | familiekamer | "
            "tweebed kamer | driekamer"
        ),
        "UNIT": (
            "huis | huisie | huisies | woonstel | woonstelle | chalet | chalets | tent | tente | strandhuis | villa | "
            "villas | rondawel | rondawels | hut | hutte | bungalows | kothuis | huisgie | watervilla | watervillas"
        ),
        "BOARD=RO": (
            "selfsorg | self sorg | kook self | sonder etes | net verblyf | selfversorging | kook vir onsself | "
            "self kook"
        ),
        "BOARD=BB": "ontbyt | bed en ontbyt | net ontbyt",
        "BOARD=HB": (
            "halfpension | half pension | aandete bed en ontbyt | aandete, bed en ontbyt | ontbyt en aandete | dbb | "
            "ontbyt en aandetes | half losies | halfloseies"
        ),
        "BOARD=FB": (
            "volle losies | volpension | alle etes | al die etes | alle maaltye | vol losies | drie etes | vol pension"
        ),
        "BOARD=AI": "alles ingesluit | alles inklusief | alle etes en drankies | all inclusive | alles in",
        "PP": "per persoon | per kop | elk | stuk | per volwassene | p p | per leerder",
        "PN": (
            "per nag | per aand | per kamer per nag | 'n nag | per dag | per kamer | per nag per kamer | "
            "per nag per chalet | 'n nag vir die kamer"
        ),
        "PPPN": (
            "per persoon per nag | pppn | per kop per nag | per nag per persoon | per persoon per aand | "
            "per persoon per dag"
        ),
        "TOTALMONEY": (
            "in totaal | altesaam | altesame | totaal | vir almal | vir almal saam | vir ons almal | vir ons twee | "
            "vir die gesin | vir die hele gesin | alles saam | vir die twee van ons | per paartjie | saam"
        ),
        "HOTEL": "hotel | hotelle | gastehuis | oord",
    },
    cues=CUES,
    borrows=("en",),
    region="ZA",
)
