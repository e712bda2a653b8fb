"""Italian."""

from tembea.inbox.understand.languages.it_cues import CUES
from tembea.inbox.understand.vocabulary import Vocabulary

_TENS = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta"
_JOINED = {
    f"NUMWORD={10 * (row + 2) + column}": f"{ten[:-1] if unit[0] in 'uo' else ten}{unit}"
    for row, ten in enumerate(_TENS.split())
    for column, unit in enumerate(["uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"], 1)
}

ITALIAN = Vocabulary(
    code="it",
    telltales="il lo la gli le un una di del della dei delle da dal in nel nella con per non che e è siamo vorremmo "
    "vorrei io noi mio mia nostro nostra nostri ci si ma anche o al alla alle buongiorno buonasera salve ciao grazie "
    "saluti cordiali preventivo viaggio notti persone adulti bambini camera camere giorni settimana settimane abbiamo "
    "avete sono ho più dove quanto",
    numbers="zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici "
    "sedici diciassette diciotto diciannove",
    tens=_TENS,
    ordinals="primo secondo terzo quarto quinto sesto settimo ottavo nono decimo",
    months=(
        "gennaio | gen",
        "febbraio | feb",
        "marzo",
        "aprile | apr",
        "maggio | mag",
        "giugno | giu",
        "luglio | lug",
        "agosto | ago",
        "settembre | sett | set",
        "ottobre | ott",
        "novembre | nov",
        "dicembre | dic",
    ),
    weekdays=(
        "lunedì | lun",
        "martedì",
        "mercoledì | mer",
        "giovedì | gio",
        "venerdì | ven",
        "sabato | sab",
        "domenica | dom",
    ),
    terms={
        **_JOINED,
        "NUMWORD=10": "una decina di | decina di",
        "NUMWORD=12": "una dozzina di | dozzina",
        "NUMWORD=15": "una quindicina di persone",
        "ORD=1": "prima | 1°",
        "ORD=2": "seconda",
        "ORD=3": "terza",
        "SCALE=100": "cento",
        "SCALE=1000": "mila | mille",
        "SCALE=1000000": "milione | milioni",
        "CUR=USD": "dollari | dollaro",
        "CUR=CHF": "franchi | franchi svizzeri",
        "CUR=ZAR": "rand",
        "CUR=GBP": "sterline",
        "AND": "e | ed | nonché",
        "PLUS": "più",
        "OR": "o | oppure | o magari",
        "TO": "al | all | a | alla | ai | alle",
        "TILL": "fino al | fino all | fino a | sino al",
        "FROM": "dal | dall | dalla | dai | a partire dal | a partire da | da",
        "BETWEEN": "tra | fra | tra il | fra il",
        "OF": "di | del | della | dei | delle | dell | degli | d",
        "THE": "il | lo | la | i | gli | le | l",
        "ART": "un | una | uno",
        "IN": "in | nel | nella | nei | negli | nell | durante | entro",
        "ON": "sul | sulla",
        "FOR": "per",
        "WITH": "con | insieme a",
        "WITHOUT": "senza | escluso | esclusi | eccetto",
        "THEN": "poi | e poi | quindi | dopo",
        "NOT": "non | né | mai | nessun | nessuna | invece di | invece che | anziché",
        "ANYWORD": "qualsiasi",
        "EVERY": "ogni",
        "BE": "è | sono | sono di | essere | ha | hanno | era | avrà | avranno",
        "WILL": "sarà | saranno",
        "WHO": "che | chi | cui",
        "SELF": "io | me",
        "WE": "noi | ci",
        "MY": "mio | mia | miei | mie | il mio | la mia | i miei | le mie",
        "OUR": "nostro | nostra | nostri | nostre | il nostro | la nostra | i nostri | le nostre",
        "THEIR": "suo | sua | suoi | sue | loro",
        "HE": "lui | lei",
        "YOUR": "vostro | vostra | vostri",
        "ALL": "tutti | tutte | tutto",
        "BOTH": "entrambi | entrambe | tutti e due",
        "JUST": "solo | soltanto | solamente",
        "IF": "se",
        "BUT": "ma | però",
        "LIKE": "come | simile a | tipo",
        "INCLUDING": "incluso | inclusi | compreso | compresi",
        "OPTION": "opzione | proposta",
        "OTHERADJ": "altri | altre | altro | altra | ulteriori",
        "ADJ": (
            "grande | grandi | piccolo | piccola | piccoli | bel | bella | giovani | migliore | migliori | anziani | "
            "buon | cari"
        ),
        "ALSO": "anche",
        "NIGHT": "notte | notti | pernottamento | pernottamenti | nottata",
        "DAY": "giorno | giorni",
        "WEEK": "settimana | settimane | settimanella",
        "FORTNIGHT": "quindici giorni | 15 giorni | una quindicina di giorni",
        "MONTHU": "mese | mesi",
        "YEARU": "anno | anni",
        "YEAR_OLD": "anni compiuti | anni di età",
        "WEEKEND": "fine settimana | weekend | week-end",
        "LONG_WEEKEND": "ponte | weekend lungo | lungo weekend",
        "TODAY": "oggi | adesso",
        "TOMORROW": "domani",
        "NEXT": "prossimo | prossima | prossimi | seguente",
        "THIS": "questo | questa | quest",
        "LAST": "ultimo | ultima | scorso | scorsa",
        "RELYEAR=0": "quest'anno",
        "RELYEAR=1": (
            "l'anno prossimo | anno prossimo | dell'anno prossimo | il prossimo anno | prossimo anno | "
            "del prossimo anno"
        ),
        "MID": "metà | a metà | metà di | verso la metà di",
        "EARLY": "inizio | inizio di | agli inizi di | ai primi di | primi di | inizi di | a inizio",
        "LATE": "fine | alla fine di | fine di | a fine",
        "HALF": "quindicina",
        "SEASON": "estate | inverno | primavera | autunno | stagione secca | bassa stagione | alta stagione",
        "SCHOOL_HOLIDAY": "vacanze scolastiche | vacanze",
        "FEAST=12": "natale | vacanze di natale | feste natalizie",
        "FEAST=8": "ferragosto",
        "EASTER": "pasqua | weekend di pasqua | fine settimana di pasqua",
        "EASTER_HOLIDAY": "vacanze di pasqua",
        "AROUND": "circa | intorno al | verso il | all'incirca | più o meno | attorno al | intorno a | sui | sulle",
        "TURN": "compie | compirà | compiono",
        "TOTAL": "in totale | totale | complessivamente | in tutto",
        "ADULT": "adulto | adulti | adulte | ad",
        "PERSON": "persona | persone | pers | viaggiatori | ospiti | partecipanti | passeggeri",
        "GROUP": (
            "subacquei | sub | golfisti | colleghi | collaboratori | dipendenti | donne | uomini | pensionati | "
            "membri | insegnanti | ciclisti | surfisti | fratelli | sorelle | cugini | medici | signore"
        ),
        "FRIEND": "amico | amici | amica | amiche",
        "COUPLE": (
            "coppia | luna di miele | viaggio di nozze | noi due | solo noi due | sposini | novelli sposi | "
            "viaggio a due | siamo in due | nonni"
        ),
        "COUPLES": "coppie",
        "HEADS=3": "in tre | noi tre",
        "HEADS=4": "in quattro | noi quattro",
        "HEADS=5": "in cinque",
        "HEADS=6": "in sei",
        "FEW": "alcuni | alcune | qualche | un paio di | diversi",
        "SPOUSE": (
            "marito | moglie | compagno | compagna | fidanzato | fidanzata | partner | ragazzo | ragazza | sposo | "
            "sposa"
        ),
        "PARENTS": "genitori | suoceri",
        "RELATIVE": (
            "madre | padre | mamma | papà | nonna | nonno | fratello | sorella | zia | zio | cugina | cugino | "
            "suocera | suocero | cognata | cognato | collega"
        ),
        "CHILD": (
            "bambino | bambini | bambina | bambine | bimbo | bimba | bimbi | bimbe | piccoli | minore | minori | "
            "minorenni"
        ),
        "KIN": (
            "ragazzi | ragazze | figlio | figli | figlia | figlie | maschietto | femminuccia | nipotino | nipotina | "
            "nipotini | nipote | nipoti | figlioletto | figlioletta | figliolo"
        ),
        "PUPIL": "studenti | alunni | scolari",
        "TWINS": "gemelli | gemelle | gemellini",
        "TRIPLETS": "trigemini",
        "INFANT": "neonato | neonata | bebè | neonati | lattante",
        "TEEN": "adolescente | adolescenti",
        "AGED": "età | di età | dell'età di | età di",
        "FAMILY": "famiglia | famiglia di | famiglia con",
        "PARTY_OF": "siamo | saremo | gruppo di | siamo un gruppo di",
        "ROOM": "camera | camere | stanza | stanze",
        "ROOMTYPE": (
            "camera doppia | camere doppie | camera singola | camere singole | camera familiare | camere familiari | "
            "camera tripla | camere triple | camera quadrupla | camera matrimoniale | camere matrimoniali | "
            "doppia uso singola"
        ),
        "UNIT": (
            "villa | ville | appartamento | appartamenti | tenda | tende | casa | bungalow | bungalows | cottage | "
            "suite | capanna | villetta | chalet | casetta | water villa | overwater villa | monolocale"
        ),
        "BOARD=RO": (
            "solo pernottamento | senza pasti | solo alloggio | cuciniamo da soli | senza trattamento | uso cucina"
        ),
        "BOARD=BB": (
            "colazione | prima colazione | pernottamento e colazione | pernottamento e prima colazione | "
            "bed and breakfast"
        ),
        "BOARD=HB": "mezza pensione | mezza-pensione | colazione e cena",
        "BOARD=FB": "pensione completa | tutti i pasti | pasti inclusi | pasti compresi",
        "BOARD=AI": (
            "tutto incluso | tutto compreso | formula tutto incluso | pasti e bevande | bevande incluse | all inclusive"
        ),
        "PP": "a persona | per persona | a testa | ciascuno | ciascuna | cadauno | pro capite | l'uno | p p",
        "PN": (
            "a notte | per notte | la notte | al giorno | per camera | a camera | per camera a notte | "
            "a notte per camera | a camera a notte"
        ),
        "PPPN": (
            "a persona a notte | per persona per notte | a testa a notte | a notte a persona | per persona a notte | "
            "a persona e a notte | a persona al giorno | a notte per persona"
        ),
        "TOTALMONEY": (
            "in totale | totale | in tutto | in due | per tutti | per entrambi | per noi due | per la coppia | "
            "per la famiglia | per tutta la famiglia | complessivi | per il gruppo | tutto compreso"
        ),
        "HOTEL": "albergo | alberghi | hotel | villaggio",
    },
    cues=CUES,
    trailing=frozenset({"NEXT"}),
    region="IT",
)
