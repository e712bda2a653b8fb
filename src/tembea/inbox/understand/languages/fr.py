"""French."""

from tembea.inbox.understand.languages.fr_cues import CUES
from tembea.inbox.understand.vocabulary import Vocabulary

FRENCH = Vocabulary(
    code="fr",
    telltales="le la les des du une un et est nous je vous pour avec dans sur notre nos votre mon ma mes que qui ne "
    "pas au aux en ou par plus sommes souhaitons voudrions aimerions bonjour bonsoir merci cordialement salutations "
    "devis séjour voyage nuits personnes adultes enfants chambre chambres jours semaine semaines s il j c d l qu ce "
    "cette ans",
    numbers="zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf",
    tens="vingt trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix",
    ordinals="premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    months=(
        "janvier | janv",
        "février | fevrier | févr | fév",
        "mars",
        "avril | avr",
        "mai",
        "juin",
        "juillet | juil",
        "août | aout",
        "septembre",
        "octobre | oct",
        "novembre | nov",
        "décembre | déc",
    ),
    weekdays=(
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
    ),
    terms={
        "NUMWORD=10": "une dizaine de | dizaine de | une dizaine d",
        "NUMWORD=12": "une douzaine de | douzaine de",
        "NUMWORD=15": "une quinzaine de personnes",
        "NUMWORD=20": "une vingtaine de",
        "NUMWORD=21": "vingt et un",
        "ORD=1": "première | 1re | 1ère",
        "ORD=2": "seconde | second | 2ème | 2e",
        "ORD=3": "3ème | 3e",
        "SCALE=100": "cent | cents",
        "SCALE=1000": "mille",
        "SCALE=1000000": "million | millions",
        "CUR=EUR": "euros",
        "CUR=USD": "dollars | dollar | dollars us | dollars américains",
        "CUR=CHF": "francs | francs suisses | fr",
        "CUR=ZAR": "rands | rand",
        "CUR=GBP": "livres | livres sterling",
        "CUR=CAD": "dollars canadiens",
        "AND": "et | ainsi que",
        "PLUS": "plus",
        "OR": "ou | ou bien | voire",
        "TO": "au | à | aux",
        "TILL": "jusqu'au | jusqu'à | jusqu'à la | jusqu'en",
        "FROM": "du | à partir du | à partir de | dès le | dès | depuis le | à compter du | dès la",
        "BETWEEN": "entre | entre le",
        "OF": "de | d | des",
        "THE": "le | la | les | l",
        "ART": "un | une",
        "IN": "en | dans | pendant | durant",
        "ON": "sur",
        "AT": "chez",
        "FOR": "pour",
        "WITH": "avec | accompagné de | accompagnés de",
        "WITHOUT": "sans | hors | hormis | sauf",
        "THEN": "puis | ensuite",
        "NOT": "pas | ne | n | jamais | ni | aucun | aucune | au lieu de | plutôt que",
        "ANYWORD": "n'importe quelles",
        "EVERY": "chaque",
        "BE": "est | sont | suis | être | soit | a | ai | été | ont | aura | auront",
        "WILL": "sera | seront",
        "WHO": "qui | dont | que",
        "SELF": "je | moi | j | moi-même",
        "WE": "nous | on",
        "MY": "mon | ma | mes",
        "OUR": "notre | nos",
        "THEIR": "son | sa | ses | leur | leurs",
        "HE": "il | elle",
        "YOUR": "votre | vos",
        "ALL": "tous | toutes | tout",
        "BOTH": "les deux",
        "JUST": "seulement | juste | uniquement",
        "IF": "si",
        "BUT": "mais | cependant",
        "LIKE": "comme | semblable à | du genre de",
        "INCLUDING": "y compris | compris | incluant",
        "OPTION": "option | proposition | formule",
        "OTHERADJ": "autres | autre | supplémentaires | supplémentaire",
        "ADJ": (
            "grand | grande | grands | grandes | petit | petite | belle | beau | jeunes | bons | bonnes | meilleur | "
            "meilleure | adultes amis | jeune | vieux | chers"
        ),
        "ALSO": "aussi | également",
        "NIGHT": "nuit | nuits | nuitée | nuitées",
        "DAY": "jour | jours | journées",
        "WEEK": "semaine | semaines",
        "FORTNIGHT": (
            "quinze jours | 15 jours | une quinzaine | quinzaine | une quinzaine de jours | quinzaine de jours"
        ),
        "MONTHU": "mois",
        "YEARU": "an | ans | années | année",
        "YEAR_OLD": "ans révolus",
        "WEEKEND": "week-end | weekend",
        "LONG_WEEKEND": "long week-end | week-end prolongé",
        "TODAY": "aujourd'hui | maintenant",
        "TOMORROW": "demain",
        "NEXT": "prochain | prochaine | suivant | suivante",
        "THIS": "ce | cette | cet | courant",
        "LAST": "dernier | dernière | derniers",
        "RELYEAR=0": "cette année",
        "RELYEAR=1": "l'année prochaine | l'an prochain | année prochaine | de l'année prochaine",
        "MID": "mi | milieu | au milieu de | la mi | mi-",
        "EARLY": "début | au début de | au début du mois de",
        "LATE": "fin | à la fin de | fin du mois de",
        "HALF": "moitié | quinzaine",
        "SEASON": (
            "en été | cet été | l'été | vacances d'été | cet hiver | hiver | printemps | automne | saison sèche | "
            "basse saison | haute saison"
        ),
        "SCHOOL_HOLIDAY": "vacances scolaires | vacances",
        "FEAST=2": "vacances d'hiver | vacances de février",
        "FEAST=10": "vacances de la toussaint | toussaint",
        "FEAST=12": "noël | vacances de noël | fêtes de fin d'année | les fêtes",
        "EASTER": "pâques | week-end de pâques | weekend de pâques",
        "EASTER_HOLIDAY": "vacances de pâques",
        "AROUND": "environ | autour du | vers le | vers | à peu près | aux alentours du | plus ou moins | autour de",
        "TURN": "aura | fêtera | auront",
        "TOTAL": "au total | en tout | total",
        "ADULT": "adulte | adultes | ad | adlts",
        "PERSON": "personne | personnes | pers | voyageurs | voyageur | participants | convives | gens",
        "GROUP": (
            "plongeurs | golfeurs | collègues | collaborateurs | randonneurs | femmes | hommes | seniors | retraités | "
            "employés | salariés | membres | enseignants | professeurs | cyclistes | surfeurs | accompagnateurs | "
            "cousins | sœurs | frères | médecins"
        ),
        "FRIEND": "ami | amis | amie | amies | copines | copains | potes",
        "COUPLE": (
            "couple | lune de miel | voyage de noces | nous deux | jeunes mariés | voyage à deux | séjour à deux | "
            "partir à deux | rien que nous deux | tous les deux | en amoureux | en couple | vacances à deux | "
            "grands-parents"
        ),
        "COUPLES": "couples",
        "HEADS=3": "à trois | tous les trois | nous trois",
        "HEADS=4": "à quatre | tous les quatre",
        "FEW": "quelques | plusieurs",
        "SPOUSE": (
            "mari | femme | époux | épouse | conjoint | conjointe | compagnon | compagne | copain | copine | fiancé | "
            "fiancée | partenaire | chéri | chérie"
        ),
        "PARENTS": "parents | beaux-parents",
        "RELATIVE": (
            "mère | père | maman | papa | grand-mère | grand-père | frère | sœur | soeur | tante | oncle | cousin | "
            "cousine | belle-mère | beau-père | belle-sœur | beau-frère | collègue | mamie | papi"
        ),
        "CHILD": (
            "enfant | enfants | gamin | gamins | petits | bambins | l'aîné | aîné | cadet | benjamin | enft | loulous"
        ),
        "KIN": (
            "fils | fille | filles | garçon | garçons | petit-fils | petite-fille | petits-enfants | petits-fils | "
            "petites-filles | neveu | nièce | neveux | nièces | fillette | beau-fils | belle-fille | filleul | filleule"
        ),
        "PUPIL": "élèves | écoliers | étudiants | lycéens | collégiens",
        "TWINS": "jumeaux | jumelles",
        "TRIPLETS": "triplés",
        "INFANT": "bébé | bébés | nourrisson | nouveau-né",
        "TODDLER": "tout-petit",
        "TEEN": "adolescent | adolescents | ado | ados | adolescente",
        "AGED": "âgé | âgés | âgée | âgées | âgé de | âgés de | âgée de | âgées de | âge | de l'âge de",
        "FAMILY": "famille | famille de | famille avec",
        "PARTY_OF": "nous sommes | nous serons | groupe de | on est | on sera | nous sommes un groupe de",
        "ROOM": "chambre | chambres | ch",
        "ROOMTYPE": (
            "chambre double | chambres doubles | chambre simple | chambres simples | chambre familiale | "
            "chambres familiales | chambre individuelle | chambres individuelles | chambre triple | "
            "chambre quadruple | chambre twin | chambres twin | chambres triples | chambre communicante | "
            "chambres communicantes"
        ),
        "UNIT": (
            "villa | villas | appartement | appartements | tente | tentes | maison | bungalow | bungalows | gîte | "
            "villa sur pilotis | villas sur pilotis | suite | suites | cabane | cabanes | chalet | chalets | "
            "bungalow sur pilotis | studio | tentes safari | tente safari"
        ),
        "BOARD=RO": (
            "sans repas | logement seul | hébergement seul | sans pension | en gestion libre | nous cuisinerons | "
            "chambre seule"
        ),
        "BOARD=BB": "petit-déjeuner | petit déjeuner | petits-déjeuners | petits déjeuners | petit déj | petit-déj",
        "BOARD=HB": (
            "demi-pension | demi pension | petit-déjeuner et dîner | petit déjeuner et dîner | "
            "petits-déjeuners et dîners | 1/2 pension"
        ),
        "BOARD=FB": "pension complète | tous les repas | repas compris | repas inclus | trois repas par jour",
        "BOARD=AI": (
            "tout compris | tout inclus | formule tout compris | formule tout inclus | repas et boissons | "
            "boissons comprises"
        ),
        "PP": (
            "par personne | par tête | chacun | chacune | par pers | par adulte | la personne | par participant | "
            "par élève | p p"
        ),
        "PN": (
            "par nuit | la nuit | la nuitée | par nuitée | par jour | par chambre | par chambre et par nuit | "
            "par nuit et par chambre | la nuit pour la chambre"
        ),
        "PPPN": (
            "par personne et par nuit | par personne par nuit | par nuit et par personne | par nuit par personne | "
            "par personne et par jour | par personne la nuit"
        ),
        "TOTALMONEY": (
            "au total | en tout | pour nous deux | pour tous | pour tout le monde | pour le couple | "
            "pour toute la famille | pour la famille | pour nous tous | tout confondu | pour le groupe | total | "
            "pour les deux | par couple"
        ),
        "HOTEL": "hôtel | hôtels | auberge",
    },
    cues=CUES,
    trailing=frozenset({"NEXT"}),
    region="FR",
)
