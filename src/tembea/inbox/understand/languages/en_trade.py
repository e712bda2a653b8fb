"""English cues of lodging, contact, the kinds of mail and the parts of a mail."""

LODGING = {
    "room_join": "and | , | & | + | plus | and a | and one | , and | as well as | n",
    "room_or": "or",
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
        "heard great things about | something like | similar to | along the lines of | the resort , | the hotel , | "
        "the lodge , | the camp , | accommodation : | lodge : | resort : | property : | preferred hotel : | "
        "quote the | quote me the | quote us the | price the | hotel is | hotel would be | hotel | quote for | "
        "quote on | quote us for | compare | available at | rooms at | room at | availability at | resort"
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
        "deceased client | deceased | business proposal | urgent assistance | compensation fund | "
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
        "booking reference | our quote | your quote | your quotation | the quote you | "
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
        "more nights | nights more | stay longer | a day earlier | a day later | change | changes | instead | "
        "rather | amend | move | push | postpone | bring forward | reschedule | shift | swap | swop | switch | "
        "extend | add | drop | make it | instead of | rather than | upgrade | downgrade | earlier | later | "
        "different hotel | another hotel | replace | remove | update | modify | can we rather | one more | "
        "no longer | another night | extra night"
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
    "complaint_strong": (
        "complain* | compensation | money back | want a refund | formal complaint | lodge a complaint | demand | "
        "hellopeter | ombudsman"
    ),
    "accept": (
        "we accept | i accept | accept the quote | accept your quote | accepted | happy to accept | go ahead | "
        "please book | please confirm the booking | we'd like to go ahead | it's a yes | we'll take it | "
        "we will take it | i'll take it | take the quote | let's do it | let's go for it | book it | "
        "confirm the quote | we are happy with | we're happy with the quote | proceed with | please proceed | "
        "happy to proceed | let's book | we'll go with | we will go with | would like to confirm | like to accept | "
        "yes please, we | going with option | we choose option | option .. please | approved | send the invoice so | "
        "looks perfect | sounds perfect | count us in | lock it in | secure it | book us in | please go ahead | "
        "we'd like to confirm | i'd like to confirm | yes please to"
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
        "second enquiry | on a separate note | second thing | the second one is | number two | "
        "unrelated to this | a different trip | also need a separate | then separately"
    ),
}
