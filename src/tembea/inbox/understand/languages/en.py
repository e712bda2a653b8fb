"""English."""

from tembea.inbox.understand.languages.en_cues import MONEY, PARTY, PLACE, TIME
from tembea.inbox.understand.languages.en_forms import FORMS
from tembea.inbox.understand.languages.en_trade import CONTACT, KIND, LODGING, PARTS
from tembea.inbox.understand.vocabulary import Vocabulary

ENGLISH = Vocabulary(
    code="en",
    telltales="the and for of to we with would is are you please have our from like this can be my "
    "it that will your at how me hi dear thanks regards not any there what do looking want need kids people nights",
    numbers="zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    tens="twenty thirty forty fifty sixty seventy eighty ninety",
    ordinals="first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    months=(
        "january | jan",
        "february | feb | febuary | feburary",
        "march",
        "april | apr",
        "",
        "june | jun",
        "july | jul",
        "august | aug",
        "september | sept | sep | septmber",
        "october | oct",
        "november | nov",
        "december | dec",
    ),
    weekdays=(
        "monday | mon | mondays",
        "tuesday | tue | tues | tuesdays",
        "wednesday | wed | weds | wednesdays",
        "thursday | thu | thur | thurs | thursdays",
        "friday | fri | fridays",
        "saturday | saturdays",
        "sunday | sundays",
    ),
    terms={
        # May, mar and march are also words; a date must hold them up from the side.
        "MAY=3": "mar",
        "MAY=5": "may",
        "WDAYQ=5": "sat",
        "WDAYQ=6": "sun",
        # Numbers and amounts
        "SCALE=100": "hundred",
        "SCALE=1000": "thousand | grand",
        "SCALE=1000000": "million | mil | mill",
        "NUMWORD=12": "dozen",
        "CUR=ZAR": "rand | rands | south african rand",
        "CUR=USD": "dollars | dollar | us dollars | us dollar | american dollars | bucks",
        "CUR=EUR": "euros",
        "CUR=GBP": "pounds | pound | pounds sterling | quid | british pounds | sterling",
        "CUR=CHF": "francs | swiss francs",
        "CUR=AUD": "aussie dollars | australian dollars",
        "CUR=NZD": "nz dollars | new zealand dollars",
        "CUR=CAD": "canadian dollars",
        "CUR=NAD": "namibian dollars",
        "CUR=KES": "kenyan shillings | shillings",
        # Small words; also those that no rule names are no names and no nouns, and keep rules from reading on
        "AND": "and | n | as well as | along with | together with",
        "PLUS": "plus",
        "OR": "or | or maybe | or perhaps | or possibly",
        "TO": "to | thru | through",
        "TILL": "till | until | til | up to and including",
        "FROM": "from",
        "BETWEEN": "between | anytime between | any time between | sometime between",
        "OF": "of",
        "THE": "the",
        "ART": "a | an",
        "IN": "in | during | within",
        "ON": "on",
        "AT": "at",
        "FOR": "for",
        "BY": "by",
        "WITH": "with",
        "WITHOUT": "without | excluding | except | minus | sans",
        "THEN": "then | after that | afterwards | followed by",
        "NOT": (
            "not | no | never | don't | dont | doesn't | didn't | won't | can't | cannot | isn't | aren't | "
            "nor | neither | under no circumstances | wouldn't | instead of | rather than | not for | no more | "
            "anything but | definitely not | shouldn't | wasn't | hardly"
        ),
        "ANYWORD": "any",
        "EVERY": "every | each year",
        "BE": "is | are | 's | 're | am | 'm | be | being | was | were",
        "WILL": "will | 'll | shall",
        "WHO": "who | which | that",
        "SELF": "i | me | myself",
        "WE": "we | us | ourselves",
        "MY": "my",
        "OUR": "our",
        "THEY": "they | them",
        "HE": "he | she",
        "THEIR": "their | his | her",
        "YOUR": "your | yours",
        "ALL": "all | both | everyone | everybody",
        "JUST": "just | only",
        "IF": "if",
        "BUT": "but | however | although | though",
        "LIKE": "like | similar to | along the lines of",
        "INCLUDING": "including | incl | of whom | of which | counting | which includes",
        "OPTION": "option | choice | quote option",
        "OTHERADJ": "other | others | more | extra | additional | further | another",
        "ADJ": (
            "big | older | young | younger | elderly | small | little | lovely | paying | full | fit | keen | "
            "experienced | senior | active | healthy | teenage | primary school | school going | school aged | "
            "school age | foreign | international | local | own | grown | beautiful | wonderful | dear | old | "
            "adult | seasoned | corporate | close | best | good | very good"
        ),
        # Time
        "NIGHT": "night | nights | nite | nites | nts | overnight | overnights | sleeps | night's",
        "DAY": "day | days | day's",
        "WEEK": "week | weeks | wk | wks | week's",
        "FORTNIGHT": "fortnight | a fortnight",
        "MONTHU": "month | months | mths | mth",
        "YEARU": "year | years | yr | yrs",
        "MONTH_OLD": "month old | months old | mth old | mths old | mo old | month-old",
        "YEAR_OLD": (
            "year old | years old | yr old | yrs old | year olds | yr olds | y/o | yo | y.o. | years of age | "
            "year-old | yrs"
        ),
        "WEEKEND": "weekend | wkend | week end | week-end",
        "LONG_WEEKEND": "long weekend",
        "TODAY": "today | now | tonight",
        "TOMORROW": "tomorrow | tomorow",
        "NEXT": "next | following",
        "THIS": "this | coming | this coming | upcoming | current",
        "LAST": "last",
        "RELYEAR=0": "this year | later this year",
        "RELYEAR=1": "next year | the following year | following year",
        "RELYEAR=2": "the year after next | in two years",
        "MID": "mid | middle of | the middle of | mid to late | early to mid | around the middle of",
        "EARLY": (
            "early | beginning of | the beginning of | start of | the start of | early part of | beginning | early in"
        ),
        "LATE": "late | end of | the end of | end | late in | latter part of | towards the end of | toward the end of",
        "HALF": "half | part",
        "SEASON": (
            "summer | winter | spring | autumn | whale season | green season | low season | off season | "
            "shoulder season | migration season | dry season"
        ),
        "SCHOOL_HOLIDAY": (
            "school holidays | school holiday | school hols | school vacation | school break | holidays | hols | "
            "school holidays in | vacation"
        ),
        "EASTER": "easter | easter weekend | easter long weekend | the easter weekend",
        "EASTER_HOLIDAY": "easter holidays | easter school holidays | easter break | easter vacation | easter hols",
        "FEAST=12": "christmas | xmas | festive season | the festive season | festive | christmas time",
        "AROUND": (
            "around | about | approx | approximately | roughly | circa | ca | more or less | round about | say | "
            "plus minus | or thereabouts | somewhere around | something like"
        ),
        "TURN": "turns | turning | turn | will be | is turning | will turn | gonna be | 'll be | turned | going to be",
        "TOTAL": "total | in total | altogether | all in all | all together | overall | in all | total of | a total of",
        # Party
        "ADULT": "adult | adults | grown up | grown ups | grownup | grownups | adlts | adutls | aduls | big people",
        "PERSON": (
            "people | persons | person | ppl | guests | guest | travellers | traveller | travelers | traveler | "
            "of us | sharing | passengers | tourists | participants | souls | heads | peeps | clients | visitors"
        ),
        "GROUP": (
            "executives | delegates | golfers | divers | ladies | guys | women | men | colleagues | members | "
            "yogis | teachers | cyclists | hikers | employees | staff | staff members | winners | "
            "sales winners | managers | directors | couples friends | pensioners | retirees | seniors | bikers | "
            "anglers | fishermen | runners | players | birders | photographers | surfers | gents | bachelors | "
            "bridesmaids | chaps | lads | oldies | nurses | doctors | partners | spouses | hens | stags | "
            "kitesurfers | swimmers | sisters | brothers | cousins | aunts | uncles | siblings"
        ),
        "FRIEND": (
            "friend | friends | mate | mates | buddy | buddies | bestie | besties | pals | girlfriends | best friend"
        ),
        "COUPLE": (
            "couple | newlyweds | honeymooners | honeymoon | just the two of us | the two of us | two of us | "
            "both of us | the 2 of us | 2 of us | us two | just us two | honeymooning | pair | "
            "duo | the pair of us"
        ),
        "COUPLES": "couples | married couples",
        "ANNIVERSARY": "anniversary",
        "WEDDING": "wedding | marriage",
        "FEW": "couple of | a couple of | a few | several | couple more",
        "SPOUSE": (
            "wife | husband | hubby | partner | girlfriend | boyfriend | fiance | fiancee | spouse | "
            "better half | other half | significant other | hubs | missus | wifey | gf | bf | my girl | my guy"
        ),
        "PARENTS": (
            "parents | mom and dad | mum and dad | dad and mom | mother and father | folks | grandparents | "
            "in laws | parents in law | mom and pop | gran and grandpa | granny and grandpa"
        ),
        "RELATIVE": (
            "mother | mom | mum | mam | father | dad | gran | granny | grandmother | grandma | grandpa | "
            "grandfather | brother | sister | aunt | auntie | aunty | uncle | cousin | mother in law | "
            "father in law | sister in law | brother in law | colleague | nanny | au pair | grandad | granddad | "
            "ouma | oupa | carer | stepmom | stepdad | roommate | flatmate | boss | twin sister | twin brother"
        ),
        "CHILD": (
            "child | children | kid | kids | kiddies | kiddie | youngster | youngsters | little ones | "
            "little one | minors | minor | childs | childrens | chidren | childen | kidz | school kids | "
            "youngest | eldest | oldest | kiddos | under 12s"
        ),
        "KIN": (
            "son | sons | daughter | daughters | boy | boys | girls | girl | grandson | grandsons | granddaughter | "
            "granddaughters | grandchild | grandchildren | grandkids | grandkid | nephew | nephews | niece | "
            "nieces | little girl | little boy | stepson | stepdaughter | stepchildren | baby girl | baby boy | "
            "little sister | little brother | godson"
        ),
        "PUPIL": "learners | pupils | students | scouts | school children | schoolchildren | scholars",
        "TWINS": "twins",
        "TRIPLETS": "triplets",
        "INFANT": "baby | babies | infant | infants | newborn | bub | bubba",
        "TODDLER": "toddler | toddlers | preschooler",
        "TEEN": "teenager | teenagers | teen | teens | tween | tweens | adolescent | adolescents",
        "AGED": "aged | age | ages | aging | the age of | of age",
        "FAMILY": "family | family of | fam",
        "PARTY_OF": (
            "party of | group of | total of | team of | us being | we are | we're | there are | there're | "
            "there's | there will be | there'll be | we will be | we'll be | there is"
        ),
        # Rooms and board
        "ROOM": "room | rooms | bedroom hotel room | hotel room | hotel rooms | rm | rms",
        "ROOMTYPE": (
            "double | doubles | twin | twins rooms | single | singles | triple | triples | family room | "
            "family rooms | double room | double rooms | twin room | twin rooms | single room | single rooms | "
            "triple room | triple rooms | quad room | quad | interleading rooms | interleading room | "
            "interconnecting rooms | connecting rooms | queen room | king room | en suite room | standard room | "
            "sea view room | ocean view room | deluxe room | luxury room | sharing room | standard rooms | "
            "sea view rooms"
        ),
        "UNIT": (
            "villa | villas | apartment | apartments | chalet | chalets | tent | tents | bungalow | bungalows | "
            "suite | suites | hut | huts | cottage | cottages | rondavel | rondavels | cabin | cabins | condo | "
            "beach bungalow | water villa | water villas | overwater villa | overwater villas | water bungalow | "
            "water bungalows | pool villa | safari tent | safari tents | family unit | unit | units | townhouse | "
            "penthouse | family suite | beach villa | beach villas | overwater bungalow | casita | family cottage | "
            "beach house | house | houses | holiday home | self catering unit | garden villa | ocean villa | "
            "family villa"
        ),
        "BOARD=RO": (
            "self catering | self cater | self-catered | room only | bed only | no meals | without meals | "
            "accommodation only | cater for ourselves | cook for ourselves | cooking for ourselves | "
            "self catered | selfcatering | no catering | rooms only | do our own cooking | cook ourselves | "
            "own meals"
        ),
        "BOARD=BB": ("bed and breakfast | bed & breakfast | breakfast | breakfasts | brekkie | brekfast"),
        "BOARD=HB": (
            "half board | halfboard | dinner bed and breakfast | dinner bed & breakfast | breakfast and dinner | "
            "breakfast and supper | breakfast & dinner | breakfast & supper | dinner and breakfast | "
            "supper and breakfast | demi pension | half-board | dinner b&b | breakfast plus dinner | "
            "dinner breakfast and bed | breakfast and dinners | breakfasts and dinners | "
            "breakfasts and suppers | two meals a day | dinner, bed and breakfast | dinner, bed & breakfast | "
            "bed, breakfast and dinner | bed breakfast and dinner | lunch or dinner included"
        ),
        "BOARD=FB": (
            "full board | fullboard | all meals | three meals | 3 meals | three meals a day | 3 meals a day | "
            "breakfast lunch and dinner | breakfast lunch and supper | meals included | fully catered | "
            "all meals included | full-board | full pension | breakfast, lunch and dinner | "
            "breakfast, lunch and supper | breakfast, lunch & dinner | breakfast, lunch, dinner"
        ),
        "BOARD=AI": (
            "all inclusive | all inclusives | all inc | all incl | meals and drinks | all meals and drinks | "
            "drinks included | fully inclusive | food and drinks | meals and drinks included | "
            "everything included | full board and drinks | full board with drinks | full board plus drinks"
        ),
        # Money
        "PP": (
            "per person | a head | per head | each | apiece | per pax | per adult | per learner | "
            "per student | per player | per delegate | a person | per traveller | per guest | "
            "per person sharing | pps | pppers | ppsharing | per soul"
        ),
        "PPPN": (
            "per person per night | per person a night | a head a night | per person/night | "
            "per head per night | each per night | per person per day | pp per night | pp a night | "
            "per night per person | per night pp | a night each | a night per person | each a night | "
            "per person, per night | per night each | per night a head | a night a head | a night pp | pp pn | "
            "per pax per night | per person sharing per night | per person nightly"
        ),
        "PN": (
            "per night | a night | per room per night | a room a night | per night per room | "
            "per couple per night | per room | nightly | per night for the room | a night for the room | "
            "per day | a day | per hut | per unit | per villa | each night | per chalet | per night per unit | "
            "per night per hut | a night per room | per tent | a night per couple | per unit per night | "
            "per villa per night | every night | a room per night"
        ),
        "TOTALMONEY": (
            "per couple | for us all | for all of us | for everyone | for everybody | for the family | "
            "all in all | total | in total | altogether | all told | for both | for the two of us | "
            "for the lot | for the trip | for the group | for the whole trip | overall | for the two "
            "for both of us | combined"
        ),
        # Places
        # Hotels
        "HOTEL": (
            "hotel | resort | lodge | guesthouse | guest house | camp | spa | palace | inn | retreat | "
            "boutique hotel | tented camp | safari lodge | bush camp | rest camp | resorts | hotels | lodges | "
            "beach resort | beach hotel | island resort | eco lodge"
        ),
        # Contact
        # Order of trips
    },
    cues={**TIME, **PARTY, **PLACE, **MONEY, **LODGING, **CONTACT, **KIND, **PARTS, **FORMS},
    region=None,
)
