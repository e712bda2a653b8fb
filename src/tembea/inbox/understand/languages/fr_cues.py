"""French cues: phrases that say what the words around them are about."""

from collections.abc import Mapping

_TIME = {
    "negation": "pas | ne | non | jamais | au lieu du | au lieu de | plutôt que",
    "by": "avant le | avant | au plus tard le | d'ici le",
    "ago": "il y a",
    "joined": "au | à | du | - | et | jusqu'au | pour le",
    "move": "décaler | déplacer | reporter | modifier | avancer | changer | repousser",
    "extend": "prolonger | ajouter | de plus | supplémentaire",
    "shorten": "raccourcir | enlever | retirer | supprimer | de moins",
    "total": "au total | en tout | total",
    "around": "environ | autour du | vers le | vers | aux alentours du",
    "correction": "pardon | correction | je veux dire | plutôt | en fait | finalement | rectification",
    "money": "budget | prix | tarif | tarifs | coût | paiement | annulation",
    "flexible": (
        "flexible | flexibles | dates ouvertes | pas de dates fixes | peu importe les dates | peu importe quand | "
        "pas encore de dates | à quelques jours près | plus ou moins | +/- | +- | dates à définir | souple | souples | "
        "dates non arrêtées | un ou deux jours avant ou après | n'importe quand | dates libres"
    ),
    "inflexible": "pas flexible | pas flexibles | dates fixes | dates sont fixes | non flexible | non flexibles",
    "arrive": "arrivée | arriver | arrivons | arrivant | à partir du | dès le | à compter du | début le",
    "depart": "départ | partir | partons | décoller | voyager | vol aller | part | partirons | s'envoler",
    "return": "retour | revenir | rentrer | rentrons | jusqu'au | revenons | retour le | fin le | repartir",
    "birth": "né le | née le | né | née | anniversaire | naissance | date de naissance | aura | fêtera",
    "event": (
        "marions | mariage | marier | marions le | examen | opération | échéance | facture du | devis du | payé le | "
        "noces d'or"
    ),
    "past": (
        "étions | sommes allés | avons été | l'année dernière | l'an dernier | le mois dernier | depuis | "
        "avons séjourné | retour de"
    ),
    "elsewhere": (
        "déjà réservé | déjà réservée | par nos soins | chez des amis | chez de la famille | déjà organisé | "
        "nous-mêmes réservé"
    ),
}
_PARTY = {
    "no_children": "sans enfant | sans enfants | pas d'enfant | pas d'enfants | sans les enfants | aucun enfant",
    "child_aside": (
        "club enfants | lit bébé | lit enfant | garde d'enfants | baby-sitt* | chaise bébé | menu enfant | "
        "piscine enfants"
    ),
    "not_aged": "mariage | de mariage | anniversaire",
    "both": "tous les deux | toutes les deux | chacun | jumeaux | jumelles",
    "singular_child": (
        "enfant | gamin | fils | fille | garçon | bébé | nourrisson | adolescent | adolescente | ado | petit-fils | "
        "petite-fille | neveu | nièce | fillette | nouveau-né | filleul | filleule | aîné | cadet | benjamin"
    ),
    "born": "né le | née le | nés le | date de naissance | né en | née en",
    "turns": "aura | a | auront | ont | fêtera ses | est âgé de | est âgée de",
    "stays_home": (
        "restent à la maison | reste à la maison | ne vient pas | ne viennent pas | restera avec | resteront avec | "
        "resteront chez"
    ),
    "not_with": "sans | pas de | pas d | ni",
    "own_child": "mon | ma | mes | notre | nos | son | sa | ses | leur | leurs | petit-* | petite-* | neveu* | nièce*",
    "child_noun": "dit | pense | conseille | habite | travaille",
    "so_total": "donc | soit | au total | en tout | =",
    "not_party": "table pour | salle pour | par",
    "all_adults": "tous adultes | uniquement des adultes | que des adultes | tous majeurs",
    "solo": (
        "seul | seule | en solo | juste moi | pour moi seul | pour moi seule | une personne | une seule personne | "
        "toute seule | tout seul"
    ),
    "lone_parent": (
        "mère célibataire | père célibataire | parent seul | maman solo | mon fils et moi | ma fille et moi | "
        "moi et mon fils | moi et ma fille | mes enfants et moi | mes deux enfants et moi | seule avec mon fils | "
        "seule avec ma fille | seul avec mon fils | seul avec ma fille | seule avec elle | seule avec lui | "
        "seule avec mes enfants | seul avec mes enfants | ma petite-fille et moi | mon petit-fils et moi"
    ),
}
_PLACE = {
    "seek": (
        "à | au | aux | en | pour | devis pour | voyage à | voyage au | séjour à | vers | ou | et | découvrir | "
        "visiter | puis | dans | sur | entre"
    ),
    "seek_name": (
        "voyage à | voyage au | voyage en | séjour à | séjour au | séjour en | devis pour | partir à | aller à | "
        "circuit en"
    ),
    "common_word": "nice | split | java | george",
    "heading": "destination | où",
    "number_before": "un | une | deux | trois | quatre | 1 | 2 | 3 | 4 | 5 | 6",
    "not_a_place": (
        "le | la | les | un | une | deux | trois | notre | nos | mon | ma | noël | pâques | afrique | janvier | "
        "février | mars | avril | mai | juin | juillet | août | septembre | octobre | novembre | décembre | nous | "
        "vous"
    ),
    "neutral": "pas loin de | pas seulement | pourquoi pas | peu importe",
    "origin": (
        "départ de | au départ de | depuis | vols depuis | habitons à | habitons | venant de | de paris | vol de | "
        "partir de"
    ),
    "transit": "via | escale à | correspondance à | en passant par",
    "ruled_out": (
        "pas | pas la | pas le | sauf | au lieu de | plutôt que | déjà fait | déjà allés | déjà été | "
        "avons déjà fait | plus à | étions à | étions en | étions aux | sommes allés | l'an dernier à | "
        "connaissons déjà"
    ),
    "ruled_out_after": "est exclu | est exclue | l'an dernier | l'année dernière | déjà fait",
    "place_aside": "airlines | ambassade | rue | avenue | université",
}
_MONEY = {
    "budget": (
        "budget | dépenser | maximum | max | jusqu'à | pas plus de | moins de | dépasser | plafond | mettre | "
        "environ | autour de | disposons de | avons | entre | limite | payer | consacrer | nous avons | "
        "aux alentours de | j'ai | limité à"
    ),
    "budget_after": (
        "budget | maximum | max | grand maximum | tout au plus | est notre limite | disponibles | à dépenser | "
        "serait parfait | économisés"
    ),
    "priced": (
        "facture* | acompte | payé | réglé | versé | virement de | remboursement | solde | coûtait | devis de | "
        "remise | pourboire | supplément | affiché"
    ),
    "priced_after": "acompte | remboursement | payé | payés | versé | versés | remise | supplément | de réduction",
    "stretch": "voire | au pire | grand maximum | éventuellement jusqu'à | au maximum",
    "label_pp": "par personne | pp | par tête",
    "label_pn": "par nuit",
}
_LODGING = {
    "room_join": "et | , | & | + | plus | et une | ainsi que",
    "room_or": "ou",
    "room_and": "et | plus | &",
    "room_aside": "salle de bain | salle à manger | service en chambre | supplément single | femme de chambre",
    "room_reference": "la | par | dans la | cette | chaque | leur",
    "plural": (
        "chambres | chambres * | villas | tentes | appartements | bungalows | suites | cabanes | chalets | "
        "villas sur pilotis | tentes safari"
    ),
    "refused": "pas | pas de | sans | ni | au lieu de | plutôt que | au lieu du | plutôt qu",
    "refused_after": "n'est pas nécessaire | pas nécessaire | inutile | n'est pas utile",
    "board_aside": "salle du petit-déjeuner",
    "hotel_before": (
        "hôtel : | hôtel appelé | l'hôtel | un hôtel nommé | hôtel | recommandé | conseillé | comme le | "
        "du genre du | prix pour le | hébergement :"
    ),
    "hotel_at": "au | à l'hôtel | séjour au | séjourner au | chambre du | chambre au | nuits au",
    "hotel_open": "disponible | encore disponible | encore ouvert | ouvert | bien",
    "not_name": (
        "le | la | les | un | une | au | à | du | de | des | notre | nos | mon | ma | et | avec | pour | par | "
        "dans | bonjour | madame | monsieur | hôtel | hotel | quel | ce | cet | safari | bel | petit | luxe | "
        "séjour | l"
    ),
    "not_hotel": (
        "aéroport | école | université | noël | pâques | janvier | février | mars | avril | mai | juin | juillet | "
        "août | septembre | octobre | novembre | décembre | lundi | mardi | mercredi | jeudi | vendredi | samedi | "
        "dimanche | parc | cap | afrique | océan | kenya | botswana | nord | sud | total | chutes | delta | île | "
        "madame | monsieur"
    ),
    "hotel_aside": "aéroport | rue",
    "hotel_refused": "pas | pas au | jamais | sauf | au lieu du | plutôt que | surtout pas",
    "hotel_refused_after": "jamais plus | plus jamais | était affreux",
}
_CONTACT = {
    "title": "m | mme | mlle | monsieur | madame | mademoiselle | dr | me | docteur",
    "organisation": "sarl | sas | sa | agence | association | école | société | site | candidature",
    "role": (
        "directeur | directrice | responsable | gérant | assistante | service | rue | avenue | bp | tél | fax | "
        "commercial"
    ),
    "not_my_phone": "fax | celui de ma femme | celui de mon mari | pas au | ma collègue | urgence",
    "mobile": (
        "portable | mobile | mob | gsm | whatsapp | port | joignable au | mon numéro | appelez-moi au | me joindre au"
    ),
    "landline": "tél | tel | téléphone | bureau | fixe | domicile | standard",
    "reply_other": (
        "répondre à | répondez à | envoyer à | envoyez à | écrivez à | réponse à | écrire à | mon adresse est"
    ),
}
_KIND = {
    "auto_subject": "réponse automatique* | absence du bureau | absent* | message automatique | non remis",
    "auto_text": (
        "absent du bureau | absente du bureau | je suis absent* | répondrai à .. mon retour | réponse automatique | "
        "accès limité | n'a pas pu être remis | à mon retour | actuellement en congé | de retour le"
    ),
    "spam": (
        "seo | référencement | première page de google | audit gratuit | loterie | bitcoin | crypto* | casino | "
        "crédit rapide | prêt entre particuliers | backlinks | plus de trafic | visibilité sur google | "
        "création de site | héritage | gagné"
    ),
    "wants": (
        "devis pour | un devis | demande de devis | renseignements | combien coûte | combien coûterait | quel prix | "
        "cherchons | cherche | recherchons | souhaitons | souhaiterions | souhaite | souhaiterais | aimerions | "
        "voudrions | voudrais | voulons | aimerais | proposez-vous | avez-vous | que pouvez-vous | "
        "préparons un voyage | organisons | pourriez-vous nous proposer | partir à | partir au | intéressés par | "
        "prévoyons | qu'est-ce que vous avez | envie de | idées pour"
    ),
    "existing": (
        "notre réservation | ma réservation | numéro de réservation | votre devis | le devis | notre dossier | "
        "dossier | notre séjour | mon séjour | notre voyage | mon voyage | réservé chez vous | réservé avec vous | "
        "réservation | nos billets | notre vol | notre arrivée"
    ),
    "booking": (
        "visa | bagage* | transfert* | vaccin* | aéroport | quelle heure | inclus | compris | confirmer que | "
        "lit bébé | billets | sièges | paludisme | avons-nous besoin | faut-il"
    ),
    "change": (
        "nuits de plus | nuit de plus | rester plus longtemps | arriver plus tard | arriver plus tôt | modifier | "
        "modification* | changer | décaler | reporter | ajouter | prolonger | au lieu de | plutôt | avancer | "
        "finalement | déplacer | raccourcir | autre hôtel | surclassement | vient avec nous | de plus"
    ),
    "change_strong": "modifier | décaler | reporter | annuler",
    "cancel": "annuler | annulation | annulons | renoncer",
    "invoice": (
        "facture* | paiement* | acompte | solde | virement | remboursement | reçu de paiement | avoir | iban | rib | "
        "relevé | débité* | échéancier | taux de change | carte bancaire"
    ),
    "complaint": (
        "réclamation* | déçu* | inadmissible | inacceptable | scandaleux | scandaleuse | honteux | dédommagement | "
        "plainte | mécontent* | personne ne répond | personne ne nous | sale | épouvantable | catastroph* | avocat | "
        "insatisf* | désastreux | lamentable | quatrième fois | troisième fois | toujours pas de réponse | me plaindre"
    ),
    "complaint_strong": "réclamation* | dédommagement | plainte | inadmissible | me plaindre | scandaleux",
    "accept": (
        "acceptons | j'accepte | nous l'acceptons | devis accepté | d'accord pour | c'est d'accord | "
        "convient parfaitement | nous convient | me convient | vous pouvez réserver | merci de réserver | "
        "merci de confirmer la réservation | validons | je valide | bon pour accord | allez-y | c'est oui | "
        "confirmons | je confirme le devis | on y va | nous prenons"
    ),
    "accept_but": (
        "mais pourriez-vous | mais pouvez-vous | pas d'accord | seulement si | n'acceptons pas | avant d'accepter"
    ),
    "job": "candidature | mon cv | curriculum vitae | lettre de motivation | stage | poste de | offre d'emploi",
    "newsletter": (
        "newsletter | désinscri* | désabonn* | cher partenaire | chers partenaires | tarifs agences | tarifs nets"
    ),
    "misdirected": (
        "erreur de destinataire | envoyé par erreur | ne vous est pas destiné | votre colis | réunion d'équipe | "
        "réunion du personnel"
    ),
}
_PARTS = {
    "closing": (
        "cordialement | bien cordialement | sincères salutations | meilleures salutations | salutations | "
        "bien à vous | merci d'avance | merci | merci beaucoup | cdlt | cdt | à bientôt | bonne journée | "
        "bonne soirée | amicalement | respectueusement | avec mes remerciements | dans l'attente | merci et bonne | "
        "bien à toi | merci par avance | bises | belle journée"
    ),
    "disclaimer": "ce message est confidentiel | confidentiel | envoyé de mon | envoyé depuis | ce courriel",
    "second_trip": (
        "deuxièmement | deuxième voyage | un deuxième voyage | second voyage | d'autre part nous | autre voyage | "
        "deuxième demande"
    ),
}
_FORMS = {
    "form_name": "nom | nom et prénom | nom complet | prénom et nom | votre nom | prénom | contact",
    "form_email": "e-mail | email | courriel | adresse e-mail | adresse email | mail | adresse mail",
    "form_phone": "téléphone | tél | portable | mobile | numéro de téléphone | n de téléphone",
    "form_destination": "destination | destinations | où souhaitez-vous partir | pays | où",
    "form_origin": "ville de départ | aéroport de départ | départ de | pays de résidence",
    "form_check_in": (
        "date d'arrivée | arrivée | date de départ souhaitée | dates | date | période | dates du voyage | "
        "dates de voyage | mois de départ | quand | début du séjour"
    ),
    "form_check_out": "date de départ | départ | retour | date de retour | fin du séjour",
    "form_nights": "nuits | nombre de nuits | durée | durée du séjour | nombre de jours | jours",
    "form_adults": "adultes | nombre d'adultes | adulte s",
    "form_people": "personnes | nombre de personnes | voyageurs | nombre de voyageurs | participants",
    "form_children": "enfants | nombre d'enfants | enfants et âges | enfants et âge | enfant s",
    "form_ages": "âges | âge des enfants | âges des enfants | âge",
    "form_rooms": "chambres | nombre de chambres | type de chambre | hébergement",
    "form_board": "pension | formule | repas | formule repas",
    "form_budget": "budget | budget par personne | budget total | budget maximum",
    "form_hotel": "hôtel | hôtel souhaité",
    "form_comments": (
        "message | commentaires | commentaire | remarques | remarque | précisions | votre message | demande | "
        "informations complémentaires | demandes particulières"
    ),
    "form_aside": "source | campagne | comment nous avez-vous connus | envoyé le | société | newsletter | plateforme",
    "form_days": "jours | nombre de jours",
    "form_months": "mois",
}

CUES: Mapping[str, str] = {
    **_TIME, **_PARTY, **_PLACE, **_MONEY, **_LODGING, **_CONTACT, **_KIND, **_PARTS, **_FORMS,
    "but": "mais | cependant",
    "then": "puis | ensuite",
}  # fmt: skip
