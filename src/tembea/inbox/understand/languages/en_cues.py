"""English cues: phrases that say what the words around them are about."""

TIME = {
    "but": "but | however | because | although",
    "then": "then",
    "negation": "not | no | never | don't | dont | rather than | instead of | and not | isn't | no longer | not on",
    "by": "by | before",
    "ago": "ago",
    "joined": (
        "to | to the | till | until | - | and | rather to | to rather | to be | into | to start on | and make it"
    ),
    "move": (
        "move | moving | change | changing | shift | push | postpone | bring forward | bring .. forward | "
        "push back | moved | delay | reschedule | swop | swap | put .. off"
    ),
    "extend": "add | extend | extending | stay on | extra | additional",
    "shorten": "drop | cut | lose | shorten | remove | shorten .. by",
    "total": "total | in total | altogether | all in all | all together | overall | in all | total of",
    "around": (
        "around | about | approx | approximately | roughly | circa | ca | ~ | +- | round about | "
        "on or around | on or about | +/-"
    ),
    "correction": (
        "sorry | correction | make that | make it | i mean | scratch that | oops | rather | actually | "
        "meant | should be | changed to"
    ),
    "money": (
        "budget | price | prices | rate | rates | cost | payment | cancellation | ticket | fare | hours | meal | meals"
    ),
    "flexible": (
        "flexible | flex | give or take | either side | any time | anytime | whenever | not fixed | "
        "no fixed dates | open dates | open to dates | not set in stone | easy on the dates | "
        "easy on the exact days | easy on dates | not fussy about dates | dates are open | "
        "some flexibility | flexibility | plus or minus | plus minus | +- | +/- | can move .. day* | "
        "can shift .. day* | haven't got dates | no dates yet | no dates in mind | "
        "haven't decided on dates | dates to be decided | dates not confirmed | dates tbc | sometime | "
        "some time in | at some point | tentative | tentatively | a day or two either way | "
        "not fussed about dates | don't mind when | dates can move | dates can change | dates negotiable | "
        "before or after | earlier or later | or thereabouts | could move the dates"
    ),
    "inflexible": (
        "not flexible | aren't flexible | fixed dates | dates are fixed | no flexibility | can't move | "
        "cannot move | isn't flexible | can't be moved | inflexible | not very flexible | dates are set | "
        "set dates | can't change the dates | not negotiable"
    ),
    "arrive": (
        "arrive | arriving | arrival | arrival date | arrives | check in | checkin | checking in | land | "
        "landing | get there | get in | start | starting | starts | start date | begin | beginning | "
        "commencing | in on"
    ),
    "depart": (
        "leave | leaving | leaves | depart | departing | departure | fly | flying | flies | flight | "
        "fly out | travel | travelling | traveling | set off | heading out | going | go"
    ),
    "return": (
        "home by | back by | be home | be back | return | returning | returns | back | come home | coming home | "
        "fly home | flying home | go home | going home | check out | checkout | checking out | head home | "
        "heading home | home on | ends | ending | end date | depart again | till | until | leave again"
    ),
    "birth": ("born | birthday | bday | b-day | birthdays | date of birth | dob | birthdate | turns | turning | turn"),
    "event": (
        "wedding | marry | marrying | married | getting married | exam | exams | deadline | payday | bonus | "
        "valid until | expires | quote by | reply by | let us know | graduate | graduates | graduation | matric | "
        "meeting | operation | surgery | salary | school starts | schools close | schools open | term ends | "
        "leave starts | leave only starts | submitted | created | dated | wrote | emailed | mailed | spoke | "
        "called | phoned | my bonus | moved in | retire | retires | au pair | last in | quarantine | promised | "
        "promised me | promised us | told me | anniversary is | anniversary on | paid on | due | debit order* | "
        "instal* | meeting on"
    ),
    "past": (
        "stayed | went | visited | came back | returned | travelled | traveled | last year | last month | "
        "last week | previously | spent | were there | was there | since | back from | been there | "
        "we were in | i was in | we did | sold .. in | in 20*"
    ),
    "elsewhere": (
        "already booked | booked already | already sorted | already arranged | don't need you | "
        "sorted ourselves | arranged ourselves | own arrangements | staying with family | "
        "staying with friends | stay with family | stay with friends | booked separately | "
        "booked ourselves | taken care of | with relatives | we've booked | i've booked | we have booked | "
        "own accommodation | at my sister's | at my brother's | with my sister | with my brother | "
        "with my cousin | is sorted | are sorted | already covered | at my cousin's | at my parents | "
        "at friends | at family | at a friend's | arrange .. ourselves"
    ),
}

PARTY = {
    "no_children": (
        "no kids | no children | without kids | without the kids | without children | without the children | "
        "child free | kid free | leaving the kids | leave the kids | no child | zero children | 0 children | "
        "0 kids | no little ones | sans kids | minus the kids"
    ),
    "child_aside": (
        "kids club* | kid's club* | kids' club* | child friendly | kid friendly | kids menu | kids' menu | "
        "baby sitter* | babysit* | baby sitting | kids pool | children's pool | child minding | "
        "children's club* | baby cot | baby chair | babymoon | kids activities | girls trip | boys trip | "
        "girls weekend | boys weekend | girls' trip | boys' trip | girls getaway | girls' weekend | "
        "baby shower | kids stay free | kids eat free | children's menu | child polic* | kids go free | "
        "child discount* | child rate* | children's rate* | girl's weekend | inner child | child seat* | "
        "car seat* | baby steps | twin* bed* | twin room* | twins room*"
    ),
    "not_aged": "anniversary | reunion | wedding | flight | drive | contract | whisky | marriage | tradition",
    "both": "both | each | twins",
    "singular_child": (
        "child | kid | son | daughter | boy | girl | baby | infant | toddler | teenager | teen | grandson | "
        "granddaughter | grandchild | nephew | niece | little one | youngster | minor | newborn | grandkid | "
        "stepson | stepdaughter | godson | little girl | little boy | baby girl | baby boy | little sister | "
        "little brother | youngest | eldest | oldest | tween | kiddie"
    ),
    "born": (
        "born on | was born on | born | dob | date of birth | birthday is | birthday is on | birthdate | birth date"
    ),
    "turns": (
        "turns | turning | will be | 'll be | is turning | will turn | going to be | would be | is | are | "
        "turned | just turned | he's | she's"
    ),
    "stays_home": (
        "will stay with | stay behind | staying home | stay home | stay at home | staying at home | "
        "won't be joining | not coming | aren't coming | isn't coming | not joining | left with | "
        "being looked after | looked after by | staying with gran* | staying with my | kids are staying | "
        "stay with gran* | stay with my | stays with | not travelling with us | live overseas | "
        "have left home | left home"
    ),
    "not_with": "without | no | minus | not | not for | excluding | away from | leaving",
    "own_child": "my | our | his | her | their | the twins | grand* | nephew* | niece*",
    "child_noun": (
        "says | said | thinks | told | recommended | suggested | works | lives | live | is getting married | "
        "club | friendly | menu | pool | policy | bed | cot | fees | seat | discount | room | rooms"
    ),
    "so_total": "so | total | i e | altogether | = | in total | that's | makes",
    "not_party": (
        "table for | boardroom for | sleeps | seats | per | top | dinner for | sleeping | room for | "
        "cot for | bed for | lunch for | room sleeps | family room for | villa for"
    ),
    "all_adults": "all adults | adults only | all adult | only adults | all grown ups | all over 18",
    "solo": (
        "solo | just me | only me | by myself | on my own | for myself | just myself | travelling alone | "
        "traveling alone | travel alone | single traveller | solo traveller | solo traveler | one person | "
        "only myself | single person | just for me | only for me | for me alone | just be me | on my lonesome | "
        "me only | me alone"
    ),
    "lone_parent": (
        "single mom | single mum | single mother | single dad | single father | single parent | "
        "lone parent | solo mom | solo dad | solo mum | me and my son | me and my daughter | my son and i | "
        "my daughter and i | my kids and i | me and my kids | me and the kids | my two kids and i | "
        "my children and i | my boys and i | "
        "my girls and i | my daughters and i | my sons and i | my two boys and i | my two girls and i | "
        "my little one and i | my son and me | my daughter and me"
    ),
}

PLACE = {
    "seek": (
        "quote for | quotation for | price for | prices for | trip to | holiday in | holiday to | go to | "
        "going to | visit | travel to | travelling to | do you do | do you have | keen on | interested in | "
        "looking at | package to | packages to | package for | tour of | tour to | tours to | do you sell | "
        "do you offer | getaway to | trip for | fly to | flying to | safari in | honeymoon in | "
        "honeymoon to | explore | quote on | quote to | off to | weekend in | break in | week in | "
        "nights in | days in | nights at | destination | where to | cruise to | rates for | rates to | "
        "head to | heading to | wants | options for | options in | visiting | love to see | dream of | "
        "dreaming of | vacation in | vacation to | stay in | packages for | specials for | specials to | "
        "deals to | deals for | exploring | want to see | price on | prices on | considering | think* of | "
        "think* about | want* to do | like to do | would love | dream* about | somewhere like | maybe | "
        "perhaps | to | in | on | for | or | and | either | between | then | week on"
    ),
    "seek_name": (
        "quote for | quotation for | trip to | holiday in | holiday to | go to | going to | travel to | "
        "travelling to | do you do | package to | packages to | tour of | do you sell | do you offer | "
        "getaway to | fly to | flying to | honeymoon in | honeymoon to | cruise to | rates to | heading to | "
        "vacation in | vacation to | packages for | specials to | deals to | cruise of | visit | visiting | "
        "explore | weekend in | week in"
    ),
    "common_word": (
        "nice | split | reunion | george | wilderness | paros | java | turkey | jordan | chad | georgia | "
        "jersey | guinea"
    ),
    "heading": "destination | destinations | where | where to | place",
    "number_before": "one | two | three | four | five | 1 | 2 | 3 | 4 | 5 | 6",
    "not_a_place": (
        "a | the | my | our | your | me | us | easter | christmas | africa | january | february | march | "
        "april | may | june | july | august | september | october | november | december | school | mom | "
        "dad | gran | i | we | valentine* | new year* | mother* | father* | hotel | island* | indian ocean | "
        "safari | monday | tuesday | wednesday | thursday | friday | saturday | sunday | two | three | "
        "four | five"
    ),
    "neutral": (
        "not sure about | not sure if | not only | why not | not just | if not | not fussy | no idea | "
        "not that | no problem | not far from | no later than | don't mind | wouldn't mind | "
        "not to mention | not too | no more than | no rush | whether or not"
    ),
    "origin": (
        "departing from | leaving from | flying from | flying out of | fly from | based in | live in | "
        "living in | coming from | comin from | flights from | flight from | from | ex | out of | "
        "departure from | depart from | leave from | starting from | travelling from | traveling from | "
        "originating from | currently in | home in | resident in | residents of | departure city | "
        "departure airport | work in | born in | greetings from | fly out of | drive from | driving from"
    ),
    "transit": (
        "via | layover | layover in | stopover in | stop over in | connecting in | connect in | "
        "connecting through | fly through | changing planes in | transit through | transit in | land in | "
        "landing in | airport in | stop in"
    ),
    "ruled_out": (
        "not | isn't | except | anywhere but | but not | not interested in | rather than | instead of | "
        "don't want | do not want | don't want to do | been to | been to .. and | we've been to | "
        "have been to | not keen on | forget about | had enough of | rule out | ruled out | tired of | "
        "bored of | never again | we've done | already done | hate | avoid | last year we went to | "
        "we went to | last time | aren't keen on | anything but | decided against | fell through | "
        "honeymooned in | got back from | returned from | back from | compared to | unlike | "
        "organised .. trip to | arranged .. trip to | booked .. trip to | trip you organised to | swap | "
        "i went to | afraid of | don't do | were in | was in | instead of going to | no to | loved | "
        "remember | visited | went to | did | over | was going to be | nothing in | swopping | "
        "switching from | anywhere except | other than | apart from | without going to | stayed in | "
        "met in | proposed in | used to go to | grew up in | cheaper than"
    ),
    "ruled_out_after": (
        "is out | was lovely last | is ruled out | is not an option | isn't an option | last year | "
        "years ago | again | is too | but we've had enough | but i've been | is off the | fell through | "
        "was a disaster"
    ),
    "place_aside": (
        "contracts | overbooking | airlines | airways | embassy | passport* | wine | restaurant | branch | "
        "office | university | school | attorneys | road | street | avenue | drive | time | flu | "
        "tourism board | citizen* | resident* | based"
    ),
}

MONEY = {
    "budget": (
        "budget | budgeted | budgeting | bugdet | budgit | spend | spending | afford | ceiling | max | "
        "maximum | cap | up to | under | below | at most | not more than | no more than | less than | "
        "price range | pay | i'd go to | go up to | stretch to | have saved | saved | put aside | "
        "set aside | work with | aiming at | aiming for | can do | in mind | willing to pay | "
        "prepared to pay | get us | limit | or better | or less | tops | stay under | keep it under | "
        "not exceed | allocated | comfortable with | happy with | hoping to pay | within | i've got | "
        "we've got | i have | we have | would | only have | around | about | roughly | approximately | say | "
        "scrape together | looking at | go to | exceed | per person budget | keep it to | cover | saved up"
    ),
    "budget_after": (
        "budget | max | maximum | is my limit | is our limit | is my ceiling | is our ceiling | is my max | "
        "is our max | tops | or better | or less | is fine | would be fine | at most | at the most | "
        "is the most | not a cent more | no more | to spend | saved | would be ideal | is ok | is okay | "
        "available | is what we have | is what i have | is what we can | get us | get me | all in | "
        "works for us | or thereabouts"
    ),
    "priced": (
        "quoted | paid | advertised | advert | invoice* | deposit | balance | owe | owing | outstanding | "
        "refund | refunded | charged | price was | saw | from only | was told | liability | fine of | "
        "cost us | we paid | i paid | already paid | last time | bill | website says | your price | "
        "listed at | competitor | tip | transferred | might be | receipt | discount of | instal* | valued | "
        "excess | for sale | supplement | loss of | for only | special at | special of | specials from | "
        "starting from | another | came to | your quote of | the quote of | price of | going for | offered | "
        "found it for | levy | fee | entrance"
    ),
    "priced_after": (
        "deposit | refund | was quoted | you quoted | on the website | we paid | i paid | invoice | "
        "special | cheaper | off | discount | extra"
    ),
    "stretch": (
        "stretch to | could stretch | can stretch | go up to | could go to | or even | at a push | at most | "
        "absolute max | max"
    ),
    "label_pp": "per person | pp | p/p | pppn | each | per head",
    "label_pn": "per night | pppn | nightly | pn | a night",
}
