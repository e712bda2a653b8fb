"""Italian cues: phrases that say what the words around them are about."""

from collections.abc import Mapping

_TIME = {
    "negation": "non | né | mai | invece del | invece di | anziché",
    "by": "entro | entro il | prima del | al più tardi il",
    "ago": "fa",
    "joined": "al | all' | a | dal | - | e | fino al",
    "move": "spostare | cambiare | modificare | posticipare | anticipare | rimandare | rinviare",
    "extend": "prolungare | aggiungere | in più | extra",
    "shorten": "accorciare | togliere | ridurre | in meno",
    "total": "in totale | totale | in tutto",
    "around": "circa | intorno al | verso il | attorno al",
    "correction": "scusate | correzione | volevo dire | anzi | piuttosto | in realtà | meglio",
    "money": "budget | prezzo | prezzi | costo | pagamento | cancellazione",
    "flexible": (
        "flessibile | flessibili | date libere | nessuna data fissa | senza date | qualsiasi periodo | più o meno | "
        "quando costa meno | +/- | +- | date da definire | un giorno prima o dopo | non abbiamo ancora date | "
        "date indicative | indifferente"
    ),
    "inflexible": "non flessibile | non flessibili | date fisse | non siamo flessibili | date non modificabili",
    "arrive": "arrivo | arrivare | arriviamo | check-in | a partire dal | inizio | arrivando",
    "depart": "partenza | partire | partiamo | volo | voliamo | viaggiare | andata | partendo | andare",
    "return": "ritorno | tornare | rientro | rientriamo | fino al | torniamo | check-out | rientrare",
    "birth": "nato | nata | compleanno | data di nascita | compie | compirà",
    "event": (
        "sposiamo | matrimonio | sposarci | nozze | esame | intervento | operazione | scadenza | fattura del | "
        "pagato il | preventivo del"
    ),
    "past": (
        "siamo stati | l'anno scorso | il mese scorso | siamo andati | abbiamo soggiornato | da quando | eravamo | "
        "tornati da"
    ),
    "elsewhere": "già prenotato | già prenotata | per conto nostro | da amici | da parenti | già organizzato",
}
_PARTY = {
    "no_children": "senza bambini | senza figli | niente bambini | nessun bambino | senza i bambini",
    "child_aside": (
        "miniclub | mini club | baby club | culla | lettino | baby sitter | seggiolone | menù bambini | "
        "piscina per bambini"
    ),
    "not_aged": "matrimonio | di matrimonio | anniversario",
    "both": "entrambi | entrambe | gemelli | gemelle",
    "singular_child": (
        "bambino | bambina | bimbo | bimba | figlio | figlia | neonato | neonata | bebè | adolescente | nipotino | "
        "nipotina | nipote | maschietto | femminuccia | minore | figliolo"
    ),
    "born": "nato il | nata il | nato a | data di nascita",
    "turns": "compie | compirà | ha | avrà | ne compirà",
    "stays_home": (
        "restano a casa | resta a casa | non viene | non vengono | restano con | resta con | rimangono a casa"
    ),
    "not_with": "senza | niente | non",
    "own_child": "mio | mia | miei | mie | nostro | nostra | nostri | nostre | suo | sua | suoi | nipotin*",
    "child_noun": "dice | pensa | consiglia | abita | lavora",
    "so_total": "quindi | cioè | in totale | =",
    "not_party": "tavolo per | sala per | a",
    "all_adults": "tutti adulti | solo adulti | tutti maggiorenni",
    "solo": (
        "da solo | da sola | solo io | soltanto io | per me sola | per me solo | in solitaria | una persona | "
        "una sola persona"
    ),
    "lone_parent": (
        "mamma single | papà single | genitore single | io e mio figlio | io e mia figlia | mio figlio ed io | "
        "mia figlia ed io | mia figlia e io | mio figlio e io | io e i miei figli | da sola con mio | "
        "da sola con mia | da solo con mio | da solo con mia"
    ),
}
_PLACE = {
    "seek": (
        "a | ad | in | alle | al | ai | per | preventivo per | viaggio a | viaggio in | visitare | vedere | o | e | "
        "poi | tra | nel | nelle | sulle"
    ),
    "seek_name": (
        "viaggio a | viaggio in | preventivo per | vacanza a | vacanza in | andare a | andare in | nozze a | "
        "tour del | tour della"
    ),
    "common_word": "nice | split | java | george",
    "heading": "destinazione | dove",
    "number_before": "uno | una | due | tre | quattro | 1 | 2 | 3 | 4 | 5 | 6",
    "not_a_place": (
        "il | la | i | le | un | una | due | tre | nostro | nostra | mio | mia | natale | pasqua | africa | "
        "gennaio | febbraio | marzo | aprile | maggio | giugno | luglio | agosto | settembre | ottobre | novembre | "
        "dicembre"
    ),
    "neutral": "non lontano da | non solo | perché no | non importa",
    "origin": (
        "partenza da | da milano | voli da | volo da | abitiamo a | viviamo a | partendo da | in partenza da | "
        "vengo da | da roma"
    ),
    "transit": "via | scalo a | con scalo a | passando per",
    "ruled_out": (
        "non | tranne | invece di | invece che | già stati | siamo già stati | siamo stati | eravamo | "
        "l'anno scorso a | l'anno scorso alle | eccetto | anziché"
    ),
    "ruled_out_after": "è escluso | è esclusa | l'anno scorso | già viste | già vista | già visto | no",
    "place_aside": "airlines | ambasciata | via | università",
}
_MONEY = {
    "budget": (
        "budget | spendere | massimo | al massimo | fino a | non più di | meno di | superare | limite | abbiamo | "
        "circa | tra | disponiamo di | ho | pagare | entro | disposizione | intorno ai | sui | attorno ai"
    ),
    "budget_after": (
        "budget | massimo | al massimo | da spendere | è il nostro limite | a disposizione | è il limite | "
        "andrebbe bene | complessivi"
    ),
    "priced": (
        "fattura* | acconto | caparra | pagato | bonifico di | rimborso | saldo | costava | preventivo di | sconto | "
        "mancia | supplemento | pubblicizzato | versato"
    ),
    "priced_after": "acconto | caparra | rimborso | pagati | pagato | di sconto | supplemento | versati",
    "stretch": "o anche | al limite fino a | al massimo | massimo",
    "label_pp": "a persona | per persona | pp | a testa",
    "label_pn": "a notte | per notte",
}
_LODGING = {
    "room_join": "e | , | & | + | più | e una",
    "room_or": "o | oppure",
    "room_and": "e | più | &",
    "room_aside": "servizio in camera | sala da pranzo | sala riunioni | supplemento singola | a casa",
    "room_reference": "la | per | in | ogni | nella | a | alla",
    "plural": "camere | camere * | stanze | ville | tende | appartamenti | cottage | capanne",
    "refused": "non | senza | né | invece di | invece della | anziché | niente",
    "refused_after": "non serve | non è necessaria | non è necessario | non vale la pena",
    "board_aside": "sala colazioni",
    "hotel_before": (
        "hotel : | hotel chiamato | l'hotel | un hotel chiamato | hotel | albergo | consigliato | tipo il | "
        "come il | prezzi per il | struttura :"
    ),
    "hotel_at": "al | all' | presso il | presso | soggiorno al | notti al | soggiornare al",
    "hotel_open": "ancora disponibile | disponibile | aperto | valido",
    "not_name": (
        "il | la | lo | l | un | una | al | all | in | del | dal | nostro | nostra | mio | mia | e | con | per | "
        "ciao | buongiorno | salve | hotel | albergo | quale | questo | safari | bel | piccolo | spett"
    ),
    "not_hotel": (
        "aeroporto | scuola | università | natale | pasqua | gennaio | febbraio | marzo | aprile | maggio | giugno | "
        "luglio | agosto | settembre | ottobre | novembre | dicembre | lunedì | martedì | mercoledì | giovedì | "
        "venerdì | sabato | domenica | parco | città | capo | africa | oceano | kruger | sudafrica | nord | sud | "
        "totale | isola | delta | cascate"
    ),
    "hotel_aside": "aeroporto | via",
    "hotel_refused": "non | mai | tranne | invece del | eccetto",
    "hotel_refused_after": "mai più | era orribile",
}
_CONTACT = {
    "title": "sig | sig.ra | signor | signora | dott | dott.ssa | dr | prof | ing | avv | geom | arch | spett",
    "organisation": "srl | spa | snc | agenzia | associazione | scuola | azienda | modulo",
    "role": "direttore | direttrice | responsabile | titolare | ufficio | segreteria | piazza | tel | fax",
    "not_my_phone": "fax | di mia moglie | di mio marito | non al | collega | emergenza",
    "mobile": (
        "cell | cellulare | mobile | whatsapp | mi trovate al | il mio numero | chiamatemi al | mi trova al | mob"
    ),
    "landline": "tel | telefono | ufficio | casa | fisso",
    "reply_other": "rispondere a | rispondete a | inviare a | inviate a | risposta a | scrivete a | la mia mail è",
}
_KIND = {
    "auto_subject": "risposta automatica* | fuori ufficio* | assenza | assente | mancato recapito | fuori sede",
    "auto_text": (
        "sono fuori ufficio | sarò fuori ufficio | risposta automatica | sono in ferie fino | accesso limitato | "
        "non è stato possibile recapitare | risponderò al mio rientro | assente dall'ufficio"
    ),
    "spam": (
        "seo | prima pagina su google | prima pagina di google | audit gratuito | lotteria | bitcoin | cripto* | "
        "casinò | prestito | backlink* | più clienti | eredità | creazione siti | follower | hai vinto"
    ),
    "wants": (
        "preventivo per | un preventivo | richiesta preventivo | quanto costa | quanto costerebbe | quanto viene | "
        "vorremmo | vorrei | vogliamo | cerchiamo | cerco | cercano | avete | interessati a | ci piacerebbe | "
        "mi piacerebbe | cosa proponete | cosa consigliate | cosa avete | stiamo organizzando | pensavamo | "
        "offerta per | prezzi per | desideriamo | stiamo pianificando"
    ),
    "existing": (
        "la nostra prenotazione | nostra prenotazione | mia prenotazione | numero di prenotazione | il preventivo | "
        "vostro preventivo | il vostro preventivo | il nostro viaggio | nostro viaggio | mio viaggio | "
        "nostro soggiorno | soggiorno al | prenotato con voi | prenotazione | pratica | i nostri biglietti | "
        "nostro volo"
    ),
    "booking": (
        "visto | bagagli* | trasferimento | trasferimenti | transfer | vaccin* | aeroporto | che ora | incluso | "
        "compreso | confermare se | culla | biglietti | posti | malaria | serve il | servono"
    ),
    "change": (
        "notti in più | altre due notti | un giorno prima | un giorno dopo | modificare | modifica* | cambiare | "
        "spostare | posticipare | anticipare | aggiungere | prolungare | invece di | invece che | restare | "
        "rinviare | altro hotel | una notte in più | togliere"
    ),
    "change_strong": "spostare | modificare | posticipare | annullare",
    "cancel": "annullare | annullamento | disdire | cancellare | disdetta",
    "invoice": (
        "fattura* | pagamento* | acconto | caparra | saldo | bonifico | rimborso | ricevuta | iban | "
        "coordinate bancarie | partita iva | nota di credito | addebitat* | estratto conto"
    ),
    "complaint": (
        "reclamo* | delus* | inaccettabile | vergognoso | vergogna | risarcimento | sporca | sporco | pessimo | "
        "pessima | orribile | nessuno mi risponde | nessuno risponde | nessuno ci | insoddisfatt* | lamentar* | "
        "lamentela | avvocato | scandalos* | disastro | esigo | pretendo | terza volta | quarta volta"
    ),
    "complaint_strong": (
        "reclamo* | risarcimento | lamentar* | lamentela | esigo | pretendo | vergognoso | inaccettabile"
    ),
    "accept": (
        "accettiamo | accetto | va benissimo | procedi pure | procedete | procedere con la prenotazione | "
        "confermiamo | prenotate pure | prenota pure | d'accordo | siamo d'accordo | potete prenotare | "
        "confermo il preventivo | ok per il preventivo | prenotate per noi | lo prendiamo | va bene, prenot*"
    ),
    "accept_but": (
        "ma potete | ma potreste | ma vorremmo | non accettiamo | solo se | prima di accettare | non siamo d'accordo"
    ),
    "job": (
        "candidatura | il mio cv | mio curriculum | curriculum vitae | tirocinio | posizione di | "
        "offerta di lavoro | lavorare con voi"
    ),
    "newsletter": (
        "newsletter | disiscri* | cancellati | gentile partner | gentili partner | tariffe nette | agenzie partner"
    ),
    "misdirected": (
        "inviato per errore | indirizzo sbagliato | il tuo pacco | riunione del personale | riunione di staff"
    ),
}
_PARTS = {
    "closing": (
        "cordiali saluti | saluti | distinti saluti | grazie | grazie mille | grazie in anticipo | un saluto | "
        "cordialmente | un cordiale saluto | a presto | buona giornata | buona serata | in attesa | tanti saluti | "
        "grazie e saluti | molte grazie | ciao | cari saluti | abbracci | ringraziando"
    ),
    "disclaimer": "questo messaggio è riservato | riservato | inviato da | inviato dal mio",
    "second_trip": "in secondo luogo | secondo viaggio | un secondo viaggio | altro viaggio | seconda richiesta",
}
_FORMS = {
    "form_name": "nome | nome e cognome | cognome e nome | cognome | il tuo nome | nominativo",
    "form_email": "e-mail | email | indirizzo email | indirizzo e-mail | posta elettronica",
    "form_phone": "telefono | cellulare | numero di telefono | recapito telefonico | cell | tel",
    "form_destination": "destinazione | destinazioni | dove vuoi andare | meta | paese",
    "form_origin": "città di partenza | aeroporto di partenza | partenza da",
    "form_check_in": (
        "arrivo | data di arrivo | data arrivo | data | date | periodo | quando | data del viaggio | "
        "mese di viaggio | data di andata | andata"
    ),
    "form_check_out": "partenza | data di partenza | data partenza | ritorno | data di ritorno | rientro",
    "form_nights": "notti | numero di notti | durata | numero notti | giorni | numero di giorni",
    "form_adults": "adulti | numero adulti | numero di adulti",
    "form_people": "persone | numero di persone | numero persone | viaggiatori | partecipanti | ospiti",
    "form_children": "bambini | numero bambini | numero di bambini | bambini ed età | bambini e età",
    "form_ages": "età | età bambini | età dei bambini",
    "form_rooms": "camere | numero camere | numero di camere | tipo di camera | tipologia camera | sistemazione",
    "form_board": "trattamento | pasti | pensione",
    "form_budget": "budget | budget a persona | budget totale | budget massimo | budget per persona",
    "form_hotel": "hotel | hotel preferito | struttura",
    "form_comments": "note | messaggio | commenti | richieste | richieste particolari | osservazioni | altro",
    "form_aside": "fonte | campagna | come ci hai conosciuto | inviato il | azienda | piattaforma",
    "form_days": "giorni | numero di giorni",
    "form_months": "mese | mesi",
}

CUES: Mapping[str, str] = {
    **_TIME, **_PARTY, **_PLACE, **_MONEY, **_LODGING, **_CONTACT, **_KIND, **_PARTS, **_FORMS,
    "but": "ma | però",
    "then": "poi | dopo",
}  # fmt: skip
