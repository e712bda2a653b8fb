"""What travellers of every language write alike: currency codes, board codes, abbreviations of the trade."""

from tembea.inbox.understand.vocabulary import Vocabulary

INTERNATIONAL = Vocabulary(
    code="und",
    terms={
        "CUR=ZAR": "zar",
        "CUR=USD": "usd",
        "CUR=EUR": "eur | euro",
        "CUR=GBP": "gbp",
        "CUR=CHF": "chf | sfr",
        "CUR=AUD": "aud",
        "CUR=NZD": "nzd",
        "CUR=CAD": "cad",
        "CUR=BWP": "bwp | pula",
        "CUR=NAD": "nad",
        "CUR=KES": "kes | ksh | kshs",
        "CUR=TZS": "tzs | tsh",
        "CUR=UGX": "ugx",
        "CUR=MUR": "mur",
        "CUR=SCR": "scr",
        "CUR=MZN": "mzn",
        "CUR=AOA": "aoa | kwanza | kwanzas",
        "CUR=BRL": "brl | reais",
        "CUR=INR": "inr",
        "CUR=AED": "aed | dirham | dirhams",
        "CUR=NGN": "ngn | naira",
        "SCALE=1000": "k",
        "SCALE=1000000": "m",
        "PP": "pp | p/p | ppax",
        "PPPN": "pppn | pp/pn | pppd | pp/n | pp/night | pppnight",
        "PN": "pn | p/n",
        "BOARD=BB": "b&b | b & b | bnb | bb | bed and breakfast | bed & breakfast",
        "BOARD=HB": "hb | dbb | dbnb | d b&b | half board",
        "BOARD=FB": "fb | full board",
        "BOARD=AI": "ai | all inclusive | all incl | ultra all inclusive",
        "BOARD=RO": "ro | self catering | room only",
        "PERSON": "pax",
        "UNIT": "bungalow | bungalows | chalet | chalets | villa | villas | suite | suites",
        "HOTEL": "hotel | resort | lodge | camp",
        "TIMES": "x",
    },
    # Mail programs write these in the language of whoever installed them, whatever the mail's own language is.
    cues={
        "wrote": (
            "wrote | writes | sent | schrieb | schrieb am | a écrit | schreef | geschreven | geskryf | skryf | "
            "escreveu | ha scritto | escribió | napisał | skrev | kirjoitti | написал | пишет | aandika | "
            "aliandika"
        ),
        "attribution_head": (
            "on | sent from | am | le | op | em | il | el | w dniu | på | den | a | at | no dia | dne | mnamo | "
            "in | from | von | de"
        ),
        "original_mark": (
            "original message | original appointment | ursprüngliche nachricht | message d'origine | "
            "oorspronklik* boodskap | oorspronkelijk bericht | mensagem original | messaggio originale | "
            "mensaje original | original-nachricht | forwarded message | begin forwarded message | "
            "weitergeleitete nachricht | message transféré | doorgestuurd bericht | aangestuurde boodskap | "
            "mensagem encaminhada | messaggio inoltrato | mensaje reenviado | forwarded by | "
            "début du message transféré | reply message"
        ),
        "forwarded_mark": (
            "forwarded message | begin forwarded message | weitergeleitete nachricht | message transféré | "
            "doorgestuurd bericht | aangestuurde boodskap | mensagem encaminhada | messaggio inoltrato | "
            "mensaje reenviado | forwarded by | début du message transféré"
        ),
        "header_from": "from | von | de | van | da | od | fra | от",
        "header_sent": (
            "sent | date | gesendet | datum | envoyé | envoyé le | verzonden | gestuur | enviado | enviada | "
            "enviada em | data | inviato | fecha | sent on | date sent | дата"
        ),
        "header_to": "to | an | à | aan | para | a | do | til | pour | кому",
        "header_cc": "cc | kopie | copie | cópia | reply-to | reply to | importance | attachments | bcc",
        "header_subject": "subject | betreff | objet | onderwerp | assunto | oggetto | asunto | temat | emne | тема",
        "phone_label": (
            "cell | tel | mobile | mob | phone | c | m | t | sel | selfoon | whatsapp | handy | fax | f | w | "
            "h | o | gsm | cel | tél | telefon | telefoon | telefono | telefone | portable | work | office | "
            "direct | k | wa | ph | call"
        ),
        "forward_prefix": "fwd | fw | wg | tr | enc | i | doorst | rv | vs",
    },
)
