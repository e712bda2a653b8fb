"""English cues: phrases that say what the words around them are about."""

TIME = {
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
        "return | returning | returns | back | come home | coming home | fly home | flying home | go home | "
        "going home | check out | checkout | checking out | head home | heading home | home on | ends | "
        "ending | end date | depart again | till | until | leave again"
    ),
    "birth": ("born | birthday | bday | b-day | birthdays | date of birth | dob | birthdate | turns | turning | turn"),
    "event": (
        "wedding | marry | marrying | married | getting married | exam | exams | deadline | payday | bonus | "
        "valid until | expires | quote by | reply by | let us know | graduate | graduates | graduation | "
        "matric | meeting | operation | surgery | salary | school starts | schools close | schools open | "
        "term ends | leave starts | leave only starts | submitted | created | dated | wrote | emailed | "
        "mailed | spoke | called | phoned | my bonus | moved in | retire | retires | au pair | last in | "
        "quarantine | anniversary is | anniversary on | paid on | due | debit order* | instal* | meeting on"
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
        "only myself | single person | for one | on my lonesome | me only | me alone"
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

LODGING = {
    "room_join": "and | , | & | + | plus | and a | and one | , and | as well as | n",
    "room_and": "and | plus | & | ,",
    "room_aside": (
        "room service | room only | rooms only | dining room | board room | boardroom | bathroom | "
        "conference room | meeting room | room rate* | single supplement | double bed* | single mom | "
        "single mum | single mother | single dad | single parent | single father | king bed* | twin bed* | "
        "single bed* | room type* | wriggle room | wiggle room | changing room | living room | flat rate | "
        "single day | single traveller | single person | tented camp | sitting room | waiting room | "
        "room temperature | tv room | single lady | single man | double check | hot tub | tent camp | "
        "guest house | full house | single female | single male | open house | tripled | single digit | "
        "room for improvement | room for manoeuvre"
    ),
    "room_reference": "the | that | this | per | each | every | in the | of the | your",
    "plural": (
        ".. rooms | rooms | doubles | singles | triples | twins | villas | apartments | chalets | tents | "
        "bungalows | suites | huts | cottages | rondavels | cabins | units | bedrooms | hotel rooms | rms | "
        "family rooms | double rooms | twin rooms | single rooms | triple rooms | interleading rooms | "
        "interconnecting rooms | connecting rooms | standard rooms | sea view rooms | water villas | "
        "overwater villas | water bungalows | safari tents | beach villas | overwater bungalows"
    ),
    "refused": (
        "not | no | don't | don't need | don't want | don't do | never | without | rather than | "
        "instead of | skip | doesn't | hate | not keen on | nor | isn't | wouldn't need | drop the | "
        "aren't | tired of | n't"
    ),
    "refused_after": (
        "is wasted | isn't worth | not needed | isn't needed | not necessary | is not for us | is too much | "
        "isn't for us | is not necessary | no thanks"
    ),
    "board_aside": (
        "breakfast meeting | breakfast tv | all in all | costs included | all in good | late breakfast | "
        "all inclusive price | breakfast time | packed breakfast"
    ),
    "hotel_before": (
        "hotel : | hotel name : | hotel called | lodge called | resort called | place called | lodge named | "
        "hotel named | called | change the hotel to | move to the | swap to the | switch to the | hotel to | "
        "prices for | price for | rates for | rate for | recommended | recommends | heard about | heard of | "
        "heard great things about | something like | similar to | along the lines of | the resort , | "
        "the hotel , | the lodge , | the camp , | accommodation : | lodge : | resort : | property : | "
        "preferred hotel : | hotel is | hotel would be | hotel | quote for | quote on | quote us for | "
        "compare | available at | rooms at | room at | availability at | resort"
    ),
    "hotel_at": (
        "at | at the | stay at | stay at the | staying at | stayed at | nights at | nights at the | "
        "booked at | booked into | booked into the | checked into | what about | how about | or maybe | "
        "like"
    ),
    "hotel_open": (
        "still open | open | available | any good | still available | full | nice | good | okay | decent | "
        "suitable | worth it | an option"
    ),
    "hotel_word": (
        "hotel | hotels | resort | lodge | guesthouse | camp | spa | palace | inn | retreat | bungalows | "
        "villas | suites | cottages | chalets | lodges | resorts | sands | tented | apartments | manor | "
        "rest | backpackers | restcamp | hideaway"
    ),
    "not_name": (
        "a | the | an | hi | dear | our | your | my | we | i | any | is | at | in | for | to | can | could | "
        "please | hotel | stay | and | one | two | three | safari | luxury | beach | private | tented | "
        "bush | rest | game | boutique | self | eco | self-catering | quote | booking | nice | like | what | "
        "with | from | city | camping | family | which | no | not | this | that | four | five | star | "
        "book | preferably | prefer | maybe | try"
    ),
    "not_hotel": (
        "airport | university | school | ltd | attorneys | hospital | christmas | easter | new year | "
        "africa | international airport | or tambo | day | monday | friday | wimpy | weekend | holiday | "
        "consultant | regards | office | campaign | falls | national park | game reserve | ocean | sea | "
        "island | islands | coast | beach on | airlines | whatsapp | please | week | trip | tour | visa | "
        "internet | wifi | covid | god | team | guys | rands | spa | bush | kids | mom | dad | thursday | "
        "saturday | sunday | tuesday | wednesday | zimbabwe | tanzania | south africa | namibia | botswana | "
        "winelands | garden route | reserve | delta"
    ),
    "hotel_aside": "airport | international airport | university | hospital | school | road | street | station",
    "hotel_refused": (
        "not | never | avoid | under no circumstances | don't want | rather than | instead of | "
        "anywhere but | except | not keen on | hated | no more | but not | anything but | definitely not | "
        "please not | isn't | loved | back from | other than | not at"
    ),
    "hotel_refused_after": (
        "been there never again | hated | not that | didn't like | disliked | was awful | was terrible | "
        "is out | is too | put us off | again"
    ),
}

CONTACT = {
    "title": (
        "mr | mrs | ms | miss | dr | prof | rev | sir | madam | adv | mev | mnr | hon | pastor | professor | "
        "doctor | mister | mx | fr | capt"
    ),
    "organisation": (
        "pty | ltd | cc | inc | llc | travel | tours | website | lead | leads | team | sales | info | "
        "bookings | reservations | support | accounts | admin | club | school | church | office | company | "
        "hotel | holidays | agency | service | services | group | enquiries | facebook | newsletter | "
        "marketing | logistics | attorneys | catering | consulting | foundation | association | events | "
        "hr | family | the"
    ),
    "role": (
        "manager | director | secretary | consultant | coordinator | executive | assistant | officer | "
        "engineer | accountant | ceo | cfo | hr & | sales | marketing | department | street | road | box | "
        "tel | fax | www | suite | floor | sent from | owner | partner at | head of | teacher | nurse"
    ),
    "not_my_phone": (
        "dad's | mom's | mum's | wife's | husband's | his | hers | sister's | brother's | don't call | "
        "never phone | don't phone | do not phone | do not call | never call | not on | assistant's | "
        "colleague's | your | your number | never phone the house | not the house | hotel's | "
        "please contact .. on | contact .. at .. on | call him | call her | daughter's | son's | friend's | "
        "fax | facsimile | f | your office | you on | called you | guide | driver | her | emergency | "
        "partner's | dad is | mom is | boss's | agent's | don't use | not my | old number"
    ),
    "mobile": (
        "cell | cell phone | cellphone | mobile | mobile number | mob | whatsapp | whats app | wa | "
        "cell no | handphone | cell nr | direct | m | c | my number | my number is | call me on | "
        "phone me on | whatsapp me | whatsapp me on | text me on | sms me | reach me on | call me at | "
        "contact me on | cell number | my cell | my cell is | my phone | my mobile | reach me at | "
        "direct line | dd | call me | ring me | ring me on | use my cell | gsm | cell is"
    ),
    "landline": (
        "tel | telephone | phone | work | office | reception | switchboard | landline | t | w | o | h | "
        "home number | ph | home | off | bus"
    ),
    "reply_other": (
        "reply to | reply directly to | respond to | send it to | send the quote to | send quote to | "
        "please reply to | answer to | email the quote to | mail the quote to | quote should go to | "
        "email me at | mail me at | my email is | my email address is | my private email | my address is | "
        "e-mail me at | my personal email | please use | correspond with | write to | send to | "
        "email me on | use my private address | send everything to | email it to | mail it to | "
        "contact me at | private address | reply to my"
    ),
}

KIND = {
    "robot_sender": (
        "mailer-daemon | mailer daemon | mail delivery subsystem | mail delivery system | postmaster | "
        "autoreply | auto-reply"
    ),
    "auto_subject": (
        "automatic reply | auto reply | autoreply | auto-reply | out of office | out of the office | "
        "undelivered | undeliverable | delivery status notification | mail delivery failed | "
        "delivery failure | returned mail | auto: | away from my desk | ooo | automatic response | "
        "automated reply | read: | vacation reply | on leave | maternity leave auto* | message recall | "
        "failure notice"
    ),
    "auto_text": (
        "automated response | automatic response | this is an automated | this is an automatic | "
        "do not reply to this email | auto-generated | automatically generated | i am out of the office | "
        "i'm out of the office | i am currently out of | i am on leave .. and will | i'm on leave until | "
        "will be back in the office | your message could not be delivered | has been received and a ticket | "
        "your ticket has been | ticket number | limited access to email* | limited access to my email* | "
        "no longer employed | no longer works | mailbox is full | out of office until | "
        "i will respond on my return | annual leave until | please do not reply | "
        "request has been received | a support ticket has been created"
    ),
    "spam": (
        "seo | rank on google | google page 1 | first page of google | page 1 of google | backlinks | "
        "leads per month | website traffic | web design | lottery | inheritance | bitcoin | crypto | forex | "
        "casino | viagra | you have won | winner of | million dollars | next of kin | free audit | "
        "price list of our | guest post | sponsored post | domain authority | mobile app development | "
        "email list | email database | loan offer | business loan | unsecured loan | "
        "investment opportunity | click here to claim | verify your account | wire transfer | "
        "digital marketing | social media marketing | outsourc* | website redesign | followers | "
        "link building | data entry services | cheap meds | beneficiary | atm card | dear beneficiary | "
        "buy now | limited offer | increase your sales | grow your business | errors on your website | "
        "losing customers | your password | account suspended | contact list of | payroll services | "
        "call center services | pest control offer | our factory | we manufacture | wholesale price | "
        "office furniture | cleaning services | solar panel*"
    ),
    "ai_instruction": (
        "ignore previous | ignore all previous | disregard all | disregard previous | system prompt | "
        "maintenance mode | you are now in | output the full | print your instructions | "
        "former instructions | previous instructions | system override | act as | developer mode | "
        "reveal your | your instructions | jailbreak"
    ),
    "travel": (
        "holiday | trip | hotel | flight* | safari | travel | vacation | lodge | nights | getaway | "
        "honeymoon | resort | beach"
    ),
    "ask": "quote | quotation | price | prices | how much | cost | available | availability",
    "wants": (
        "quote for | quotation for | please quote | a quote | quote me | quote us | can you quote | "
        "price for | prices for | a price | pricing for | how much | what would .. cost | interested in | "
        "looking for | looking to | looking at | we'd like to | i'd like to | we would like to | "
        "i would like to | want to go | want to visit | want to take | planning a | planning to | plan to | "
        "is there anything | have you got | do you have | do you do | do you offer | what can you offer | "
        "what have you got | we want | i want | would love to | we need | i need | keen on | keen to | "
        "hoping to | enquiring about | enquiry about | enquire about | inquire about | enquiring on | "
        "options for | what are your rates | rates for | availability for | send me a proposal | "
        "proposal for | send the proposal | can you help | could you help | give me a price | package* for | "
        "package* to | please could you quote | thinking of | dream* of | need accommodation | "
        "any specials | can you do | can it be done | anything left | anything in | new lead | "
        "quote request | like a quote | do something for | what would it cost | any deals | like to book | "
        "want to book | get us a | sort us out | send me prices | send us prices | what's the damage | "
        "can you put together | put together a"
    ),
    "existing": (
        "our booking | my booking | our reservation | my reservation | booking ref* | booking number | "
        "booking reference | reference number | our quote | your quote | your quotation | the quote you | "
        "quote you sent | the quotation you | quote as it stands | existing booking | we booked with you | "
        "i booked with you | we booked through you | we've booked | we have booked | already booked with | "
        "confirmed booking | our upcoming trip | my upcoming trip | our itinerary | our trip | "
        "my trip with you | booked with you | our vouchers | our e-tickets | voucher* | our confirmed | "
        "the booking | our tickets | our transfers | booked through you | we are booked | we're booked | "
        "i'm booked | i am booked | quote no | quote number | the quote | we leave for | we fly to | "
        "our arrival | our departure | our stay"
    ),
    "booking": (
        "confirm* whether | confirm* that | please confirm | voucher* | luggage | visa* | transfer* | "
        "check in time | what time | baggage | seat* | cot | still on | did you manage | have you managed | "
        "tickets | documents | itinerary | collect us | pick us up | shuttle | may we | can we | "
        "can the resort | can the hotel | do we need | do i need | is there wifi | vaccin* | malaria | "
        "remind* | dress code | airport | how do we | when will we"
    ),
    "change": (
        "change | changes | amend | move | push | postpone | bring forward | reschedule | shift | swap | "
        "swop | switch | extend | add | drop | make it | instead of | rather than | upgrade | downgrade | "
        "earlier | later | different hotel | another hotel | replace | remove | update | modify | "
        "can we rather | one more | no longer | another night | extra night"
    ),
    "change_strong": (
        "change the | change our | amend | move our | postpone | push our | reschedule | cancel our | "
        "cancel the | cancel my | extend our"
    ),
    "cancel": (
        "cancel | cancelling | cancellation of our | have to pull out | call off | call it off | "
        "can't go anymore | can no longer travel"
    ),
    "invoice": (
        "invoice | invoices | payment | statement | proof of payment | pop attached | refund | refunded | "
        "receipt | deposit paid | paid the deposit | debit order* | balance | outstanding amount | eft | "
        "banking details | bank details | bank account | vat number | tax invoice | credit note | pay off | "
        "instalment* | installment* | overcharged | double charged | charged twice | paid twice"
    ),
    "complaint": (
        "complain* | disappoint* | unacceptable | terrible | appalling | disgusting | shocking | disgrace* | "
        "furious | fed up | worst | let down | dissatisf* | not what we paid for | never again will | "
        "ruined | rude | filthy | cockroach* | lodge a complaint | formal complaint | demand a refund | "
        "compensation | nobody answers | no one answers | nobody has replied | still waiting for | "
        "vanished | poor service | bad service | horrible | awful | not happy | very unhappy | "
        "unhappy with | disaster | misled | false advert* | lied | going to the press | ombudsman | "
        "hellopeter | hello peter | small claims | lawyer | ignored | broken aircon | stranded"
    ),
    "complaint_strong": "complain* | formal complaint | lodge a complaint | demand | hellopeter | ombudsman",
    "accept": (
        "we accept | i accept | accept the quote | accept your quote | accepted | happy to accept | "
        "go ahead | please book | please confirm the booking | we'd like to go ahead | it's a yes | "
        "we'll take it | we will take it | i'll take it | take the quote | let's do it | let's go for it | "
        "book it | confirm the quote | we are happy with | we're happy with the quote | proceed with | "
        "please proceed | happy to proceed | let's book | we'll go with | we will go with | "
        "going with option | we choose option | option .. please | approved | send the invoice so | "
        "looks perfect | sounds perfect | count us in | lock it in | secure it | book us in | "
        "please go ahead | we'd like to confirm | i'd like to confirm | yes please to"
    ),
    "accept_but": (
        "but can you change | but could you change | but please change | if you can change | "
        "once you've changed | only if | as soon as you change | but can we | but could we | not accept | "
        "can't accept | cannot accept | go ahead and quote | before we accept | before i accept | "
        "go ahead and cancel | not proceed | won't proceed | go ahead with a quote"
    ),
    "job": (
        "curriculum vitae | my cv | attached cv | job application | vacancy | vacancies | "
        "apply for the position | internship | job opportunity | employment opportunity | position of | "
        "seeking employment | looking for work | work experience at | learnership | apply for a job | "
        "my resume"
    ),
    "newsletter": (
        "unsubscribe | newsletter | trade rates | trade update | sto rates | dear trade partner* | "
        "dear agent* | dear travel agent* | dear tour operator* | contract rates | our new rates | "
        "fam trip | agent special* | for agents | trade partner* | view in browser | release dates | "
        "stop sale* | webinar | roadshow | product update | view this email | rack rates"
    ),
    "misdirected": (
        "wrong address | sent in error | sent by mistake | not meant for you | please ignore my previous | "
        "staff meeting | minutes of the meeting | your takealot | your parcel | your order | "
        "gym membership | school newsletter | parent evening"
    ),
}

PARTS = {
    "closing": (
        "regards | kind regards | best regards | warm regards | kindest regards | best wishes | best | "
        "thanks | thank you | many thanks | thanks so much | thanks a lot | thanks a million | "
        "thanks in advance | thank you in advance | cheers | yours sincerely | yours faithfully | "
        "sincerely | yours truly | faithfully | warmly | warmest regards | rgds | thx | tx | ta | kr | br | "
        "much appreciated | blessings | god bless | take care | love | lots of love | respectfully | "
        "have a great day | have a lovely day | looking forward to hearing from you | looking forward | "
        "speak soon | talk soon | thanks and regards | thanks & regards | thank you and regards | namaste | "
        "peace | xx | yours | all the best | with thanks | shukran | was-salaam | wassalam | "
        "with kind regards | thanking you | ciao | sent from my | bye | later | groete | asante | enkosi | "
        "ngiyabonga"
    ),
    "disclaimer": (
        "disclaimer | this e-mail and | this email and | this message and | confidential | "
        "the information contained | sent from my | get outlook for | confidentiality | "
        "please consider the environment | click here to unsubscribe | this e-mail is | "
        "this email is intended"
    ),
    "postscript": "ps | p.s | p.p.s | pps | nb | n.b | p s",
    "second_trip": (
        "secondly | second trip | the second trip | second request | separate trip | a separate trip | "
        "another trip | a second trip | the other trip | trip 2 | trip two | separate quote | "
        "second enquiry | on a separate note | second thing | the second one is | number two | 2) | "
        "unrelated to this | a different trip | also need a separate | then separately"
    ),
}
