"""Places that travellers ask for, by country, and names that other languages have for them.

All of it was written by hand. Names of countries in other languages come from the Unicode CLDR, through babel, in
`gazetteer`; what stands here is what mails write instead of them or beside them.
"""

TERRITORY_NICKNAMES: dict[str, str] = {
    "usa": "US", "uk": "GB", "uae": "AE", "the states": "US", "holland": "NL", "england": "GB", "scotland": "GB",
    "ivory coast": "CI", "swaziland": "SZ", "czech republic": "CZ", "turkey": "TR", "antarctic": "AQ",
    "antarctic peninsula": "AQ", "drc": "CD", "cape verde": "CV",
}  # fmt: skip

PLACES: dict[str, str] = {
    "AE": "Dubai | Abu Dhabi | Ras al Khaimah | Sharjah",
    "AR": "Buenos Aires | Patagonia | Ushuaia | Iguazu Falls",
    "AT": "Vienna | Salzburg | Innsbruck | Tyrol",
    "AU": "Sydney | Melbourne | Perth | Brisbane | Cairns | Gold Coast | Great Barrier Reef | Tasmania | Uluru",
    "BR": "Rio de Janeiro | Rio | Salvador | Florianopolis | Fernando de Noronha",
    "BW": "Okavango | Okavango Delta | Chobe | Maun | Kasane | Moremi | Makgadikgadi",
    "CH": "Zurich | Zermatt | Geneva | Lucerne | Interlaken",
    "CN": "Beijing | Shanghai | Hong Kong",
    "CU": "Havana | Varadero",
    "CZ": "Prague",
    "DE": "Berlin | Munich | Hamburg | Frankfurt | Bavaria",
    "EG": "Cairo | Sharm el Sheikh | Hurghada | Luxor | Red Sea",
    "ES": (
        "Barcelona | Madrid | Ibiza | Mallorca | Majorca | Tenerife | Canary Islands | Gran Canaria | "
        "Lanzarote | Seville"
    ),
    "ET": "Addis Ababa | Lalibela",
    "FJ": "Fiji",
    "FR": "Paris | Nice | Provence | Corsica | French Riviera | Bordeaux",
    "GB": "London | Edinburgh | Cornwall",
    "GL": "Greenland",
    "GR": "Santorini | Mykonos | Crete | Rhodes | Corfu | Athens | Zakynthos | Kos | Paros",
    "HR": "Dubrovnik | Split",
    "ID": "Bali | Lombok | Jakarta | Gili Islands | Java | Komodo",
    "IL": "Jerusalem | Tel Aviv",
    "IN": "Goa | Kerala | Delhi | Mumbai | Rajasthan | Taj Mahal",
    "IS": "Reykjavik",
    "IT": (
        "Rome | Venice | Florence | Tuscany | Amalfi | Amalfi Coast | Sicily | Sardinia | Milan | Lake Como | Capri"
    ),
    "JM": "Montego Bay",
    "JP": "Tokyo | Kyoto | Osaka",
    "KE": (
        "Nairobi | Mombasa | Diani | Masai Mara | Amboseli | Lamu | Watamu | Malindi | Tsavo | Samburu | Lake Naivasha"
    ),
    "LK": "Colombo | Kandy",
    "LS": "Afriski | Semonkong",
    "MA": "Marrakech | Marrakesh | Casablanca | Agadir",
    "MG": "Nosy Be | Antananarivo",
    "MX": "Cancun | Tulum | Playa del Carmen",
    "MY": "Kuala Lumpur | Langkawi | Penang | Borneo",
    "MZ": "Vilanculos | Bazaruto | Tofo | Maputo | Ponta do Ouro | Pemba | Inhambane | Quirimbas",
    "NA": "Etosha | Sossusvlei | Swakopmund | Windhoek | Fish River Canyon | Caprivi",
    "NL": "Amsterdam",
    "NO": "Lofoten | Tromso",
    "NZ": "Queenstown | Auckland | Rotorua",
    "PE": "Machu Picchu | Cusco | Lima",
    "PF": "Tahiti | Bora Bora",
    "PH": "Boracay | Palawan | Cebu",
    "PT": "Lisbon | Porto | Algarve | Madeira | Azores",
    "QA": "Doha",
    "RE": "Reunion | Reunion Island",
    "RW": "Kigali",
    "SG": "Singapore",
    "TH": "Phuket | Bangkok | Koh Samui | Krabi | Chiang Mai | Koh Phi Phi | Phi Phi Islands | Pattaya",
    "TR": "Istanbul | Cappadocia | Antalya | Bodrum",
    "TZ": (
        "Zanzibar | Serengeti | Ngorongoro | Kilimanjaro | Arusha | Dar es Salaam | Pemba Island | "
        "Mafia Island | Selous"
    ),
    "UG": "Bwindi | Kampala | Entebbe",
    "US": (
        "New York | Orlando | Hawaii | Las Vegas | Miami | Los Angeles | Florida | California | "
        "Disney World | San Francisco"
    ),
    "VN": "Hanoi | Ho Chi Minh City | Halong Bay | Hoi An",
    "ZA": (
        "Cape Town | Kruger National Park | Kruger | Johannesburg | Joburg | Jozi | Durban | Garden Route | "
        "Knysna | Sun City | Drakensberg | Stellenbosch | Franschhoek | Plettenberg Bay | Plett | Hermanus | "
        "Pilanesberg | Addo | Pretoria | Bloemfontein | Port Elizabeth | East London | George | Umhlanga | "
        "Ballito | Wild Coast | Sabi Sand | Madikwe | Hluhluwe | St Lucia | Kimberley | Polokwane | "
        "Nelspruit | Clarens | Mossel Bay | Wilderness | Kgalagadi | Winelands | Langebaan | Paternoster | "
        "Blyde River Canyon"
    ),
    "ZM": "Livingstone | Lusaka | South Luangwa | Lower Zambezi",
    "ZW": "Victoria Falls | Hwange | Kariba | Lake Kariba | Mana Pools | Harare | Bulawayo",
}

EXONYMS: dict[str, str] = {
    "cape town": (
        "Kapstadt | Kaapstad | Le Cap | au Cap | du Cap | die Kaap | Kaap | Città del Capo | Ciudad del Cabo | "
        "Cidade do Cabo | Citta del Capo | Kapsztad | iKapa | CT"
    ),
    "kruger national park": (
        "Krüger Nationalpark | Krüger-Nationalpark | Krügerpark | Krueger Nationalpark | Krugerpark | "
        "parc Kruger | parc national Kruger | parco Kruger | parque Kruger | Kruger Nasionale Park | "
        "Nasionale Krugerwildtuin | Kruger Park | Krueger | Parque Nacional Kruger | "
        "Parco Nazionale Kruger | wildtuin | Kruger Wildtuin | Kruger NP"
    ),
    "victoria falls": (
        "Victoriafälle | Viktoriafälle | Victoria-Fälle | Victoria Fälle | chutes Victoria | "
        "chutes de Victoria | Victoriawatervallen | Victoria-watervallen | Victoria watervallen | "
        "Victoria-watervalle | Victoria-valle | Victoriavalle | cascate Vittoria | Cascate Victoria | "
        "cataratas Vitória | Cataratas de Vitória | Cataratas Victoria | Cataratas Vitoria | Vicfalls | "
        "Victoria Falls Zimbabwe | les chutes"
    ),
    "zanzibar": "Sansibar | Zanzíbar | Sansibar Insel | Zanz",
    "mauritius": (
        "Ile Maurice | l'île Maurice | Maurícia | Ilhas Maurícias | Ilhas Maurício | Maurício | Maurícias | "
        "Isole Mauritius | Isola Mauritius | Maurice | Mauricio | Morisi"
    ),
    "maldives": (
        "Malediven | Maldive | Maldivas | Les Maldives | Maldivi | Malediwe | Maledive | Isole Maldive | "
        "Ilhas Maldivas | Maldiven"
    ),
    "seychelles": (
        "Seychellen | Seicheles | Seychelle | Ilhas Seychelles | Isole Seychelles | Seyschellen | "
        "Seichelles | Shelisheli"
    ),
    "kenya": "Kenia | Quénia | Quênia | Keniya | Kenja",
    "mozambique": "Mosambik | Mosambiek | Moçambique | Mozambico | Msumbiji | Moz | Mozambik",
    "bali": "Balinese",
    "masai mara": "Maasai Mara | the Mara | Mara Triangle | Mara trip | Massai Mara | Masaï Mara",
}
