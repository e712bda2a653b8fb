"""Swahili cues: phrases that say what the words around them are about."""

from collections.abc import Mapping

_TIME = {
    "negation": "si | sio | badala ya",
    "by": "kabla ya",
    "ago": "iliyopita | zilizopita",
    "joined": "hadi | mpaka | - | na | kuwa",
    "move": "kubadilisha | kusogeza | kuahirisha | kuhamisha",
    "extend": "kuongeza | zaidi",
    "shorten": "kupunguza",
    "total": "jumla",
    "around": "karibu | takriban",
    "correction": "samahani | namaanisha | badala yake",
    "money": "bajeti | bei | gharama | malipo",
    "flexible": "tarehe yoyote | wakati wowote | zinaweza kubadilika | hatujaamua tarehe",
    "inflexible": "haziwezi kubadilika | tarehe maalum",
    "arrive": "kufika | tutafika | kuanzia | kuwasili",
    "depart": "kusafiri | kuondoka | tutasafiri | tunasafiri | kwenda | nasafiri | tutaondoka",
    "return": "kurudi | tutarudi | hadi | mpaka",
    "birth": "alizaliwa | kuzaliwa | amezaliwa",
    "event": "harusi | tunafunga ndoa | mtihani",
    "past": "tulikuwa | mwaka jana | tulienda | tangu",
    "elsewhere": "tumeshahifadhi wenyewe | kwa marafiki | kwa ndugu",
}
_PARTY = {
    "no_children": "bila watoto | hakuna watoto | hatuna watoto",
    "child_aside": "kitanda cha mtoto",
    "both": "wote wawili | mapacha",
    "singular_child": "mtoto | binti | mjukuu | kijana | mtoto mchanga | kichanga | mwana",
    "born": "alizaliwa | tarehe ya kuzaliwa | amezaliwa",
    "turns": "atakuwa na | ana",
    "stays_home": "watabaki nyumbani | atabaki nyumbani",
    "not_with": "bila",
    "own_child": "wangu | wetu | yangu | yetu | watoto | mtoto | mjukuu | wajukuu | binti*",
    "so_total": "jumla | yaani",
    "not_party": "meza ya",
    "all_adults": "wote watu wazima | watu wazima tu",
    "solo": "peke yangu | mimi tu | mtu mmoja | mimi peke",
    "lone_parent": "mimi na mwanangu | mimi na mtoto wangu | mimi na binti yangu | mimi na watoto wangu",
}
_PLACE = {
    "seek": "kwenda | ya | za | kwa | safari ya | bei ya | kutembelea | au | na | kisha | huko | katika",
    "seek_name": "kwenda | safari ya | safari ya kwenda | kutembelea",
    "heading": "mahali",
    "number_before": "moja | mbili | tatu | 1 | 2 | 3 | 4 | 5 | 6",
    "not_a_place": (
        "sisi | mimi | afrika | januari | februari | machi | aprili | mei | juni | julai | agosti | septemba | "
        "oktoba | novemba | desemba"
    ),
    "neutral": "sio tu",
    "origin": "kutoka | tunaishi | naishi | toka",
    "transit": "kupitia",
    "ruled_out": "si | sio | badala ya | tulienda | tulikuwa | hatutaki",
    "ruled_out_after": "mwaka jana | hapana",
    "place_aside": "ubalozi",
}
_MONEY = {
    "budget": "bajeti | tuna | nina | hadi | mpaka | isizidi | kiwango cha juu | karibu | takriban | kutumia | kati ya",
    "budget_after": "bajeti | kiwango cha juu | tu",
    "priced": "ankara | nimelipa | tumelipa | malipo ya | amana | rudishiwa",
    "priced_after": "amana | nimelipa | tumelipa",
    "stretch": "hata",
    "label_pp": "kwa mtu | kwa kila mtu",
    "label_pn": "kwa usiku",
}
_LODGING = {
    "room_join": "na | , | & | +",
    "room_or": "au",
    "room_and": "na | &",
    "room_reference": "kila",
    "plural": "vyumba | vyumba * | mahema | nyumba",
    "refused": "bila | si | sio | badala ya",
    "hotel_before": "hoteli : | hoteli ya | hoteli inayoitwa | hoteli | kuhusu | katika",
    "hotel_at": "katika | kwenye | hapo",
    "hotel_open": "bado ipo | nzuri",
    "not_name": "hoteli | kuhusu | nina | habari | katika | ya | kwa",
    "not_hotel": (
        "uwanja wa ndege | shule | krismasi | januari | februari | machi | aprili | mei | juni | julai | agosti | "
        "septemba | oktoba | novemba | desemba | jumla | nafasi | safari | bei"
    ),
    "hotel_refused": "si | sio | badala ya",
}
_CONTACT = {
    "title": "bwana | bibi | bi | mzee | mheshimiwa | ndugu",
    "organisation": "kampuni | shule | shirika",
    "role": "meneja | mkurugenzi | katibu",
    "not_my_phone": "ya mke wangu | ya mume wangu",
    "mobile": "simu | simu yangu | nambari yangu | namba yangu | whatsapp | nipigie | simu ya mkononi",
    "landline": "ofisi",
    "reply_other": "jibu kwa | tuma kwa",
}
_KIND = {
    "auto_subject": "nje ya ofisi | jibu la moja kwa moja",
    "auto_text": "niko nje ya ofisi | nipo nje ya ofisi | nitajibu nikirudi | jibu la moja kwa moja | niko likizo hadi",
    "spam": (
        "seo | ukurasa wa kwanza wa google | bahati nasibu | bitcoin | mkopo wa haraka | umeshinda | "
        "wateja zaidi kwa tovuti"
    ),
    "wants": (
        "naomba bei | tunaomba bei | bei ya | bei gani | bei ni | kiasi gani | tunataka | nataka | tunapenda | "
        "napenda | tungependa | ningependa | tunatafuta | natafuta | nasafiri | tunapanga | napanga | ombi la bei | "
        "mnaweza"
    ),
    "existing": (
        "nafasi yetu | nafasi yangu | safari yetu | tuliyohifadhi | nambari ya nafasi | bei mliyotuma | "
        "safari yangu | kuhifadhi kwetu"
    ),
    "booking": (
        "viza | visa | mizigo | uwanja wa ndege | saa ngapi | chanjo | tunahitaji | atatupokea | tiketi | thibitisha"
    ),
    "change": "kubadilisha | kuahirisha | kusogeza | kuongeza | kupunguza | badala ya | badilisha",
    "change_strong": "kubadilisha | kuahirisha | kughairi | kufuta",
    "cancel": "kughairi | kufuta | kusitisha | ghairi",
    "invoice": "ankara | malipo | risiti | amana | kurudishiwa | nimelipa | tumelipa | benki",
    "complaint": (
        "malalamiko | kulalamika | nalalamika | mbaya sana | kichafu | chafu | nirudishiwe | fidia | hatukuridhika | "
        "sikuridhika | hakuna anayejibu | aibu"
    ),
    "complaint_strong": "malalamiko | kulalamika | nalalamika | fidia | nirudishiwe",
    "accept": (
        "tunakubali | nakubali | nimekubali | tumekubali | endelea na | tuhifadhie | sawa, endelea | thibitisha nafasi"
    ),
    "accept_but": "lakini tafadhali badilisha | hatukubali | kabla ya kukubali",
    "job": "maombi ya kazi | naomba kazi | nafasi ya kazi | cv yangu",
    "newsletter": "jarida | kujiondoa",
    "misdirected": "kwa makosa | mkutano wa wafanyakazi",
}
_PARTS = {
    "closing": (
        "asante | asante sana | asanteni | ahsante | shukrani | wako | wenu | nashukuru | karibu sana | kwaheri | "
        "kwa heshima"
    ),
    "disclaimer": "ujumbe huu ni wa siri",
    "second_trip": "pili, | safari ya pili",
}
_FORMS = {
    "form_name": "jina | jina kamili | jina lako",
    "form_email": "barua pepe | email",
    "form_phone": "simu | nambari ya simu | namba ya simu",
    "form_destination": "mahali | unakoenda | sehemu",
    "form_check_in": "tarehe ya kufika | tarehe ya kuwasili | tarehe | tarehe ya safari",
    "form_check_out": "tarehe ya kuondoka | tarehe ya kurudi",
    "form_nights": "usiku | idadi ya usiku | siku",
    "form_adults": "watu wazima | idadi ya watu wazima",
    "form_people": "watu | idadi ya watu",
    "form_children": "watoto | idadi ya watoto",
    "form_ages": "umri | umri wa watoto",
    "form_rooms": "vyumba | idadi ya vyumba",
    "form_board": "chakula",
    "form_budget": "bajeti | bajeti kwa mtu",
    "form_hotel": "hoteli",
    "form_comments": "maoni | ujumbe | maelezo",
    "form_days": "siku",
    "form_months": "mwezi | miezi",
}

CUES: Mapping[str, str] = {
    **_TIME, **_PARTY, **_PLACE, **_MONEY, **_LODGING, **_CONTACT, **_KIND, **_PARTS, **_FORMS,
    "but": "lakini",
    "then": "kisha | halafu",
}  # fmt: skip
