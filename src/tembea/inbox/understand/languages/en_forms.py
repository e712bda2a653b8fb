"""English labels of web forms and lead notices."""

FORMS = {
    "form_name": (
        "name | full name | your name | first name | last name | surname | customer name | client name | "
        "contact person | client | contact name | guest name | lead passenger | customer | traveller name | "
        "lead name | name and surname | name & surname"
    ),
    "form_email": (
        "email | e-mail | email address | e-mail address | your email | mail | reply to | customer email | client email"
    ),
    "form_phone": (
        "phone | phone number | contact number | telephone | cell | cell number | mobile | mobile number | "
        "tel | whatsapp | contact no | phone no | your phone | cellphone | number | contact | "
        "whatsapp number | telephone number | customer phone | daytime phone"
    ),
    "form_destination": (
        "destination | where to | destinations | where would you like to go | where do you want to go | "
        "country | place | going to | preferred destination | which destination | trip | package | tour | "
        "location | travel to | interested in | destination s | where"
    ),
    "form_origin": (
        "departing from | from | departure city | departure airport | origin | flying from | leaving from | "
        "travelling from | nationality | city | home town | nearest airport | country of residence | "
        "residence"
    ),
    "form_check_in": (
        "check in | check-in | arrival | arrival date | departure date | date of travel | travel date | "
        "travel dates | dates | start date | when | when would you like to travel | preferred dates | date | "
        "check in date | from date | departure | depart | date from | when do you want to travel | leaving | "
        "month of travel | travel month | preferred date | date of arrival | arrive | "
        "when are you travelling | outbound | dates of travel | going"
    ),
    "form_check_out": (
        "check out | check-out | return | return date | end date | check out date | to date | date to | "
        "back | coming back | leave | date of departure | inbound | departure from hotel"
    ),
    "form_nights": (
        "nights | number of nights | duration | length of stay | how long | no of nights | how many nights | "
        "days | number of days | nr of nights | stay"
    ),
    "form_adults": (
        "adults | number of adults | how many adults | no of adults | adult | nr of adults | no. of adults | "
        "adults 18+ | adults 12+ | adults 18 and over"
    ),
    "form_people": (
        "people | pax | travellers | travelers | number of travellers | number of people | guests | "
        "how many people | group size | party size | number of guests | party | who is travelling | "
        "who's travelling | travelling party | how many | no of pax | who"
    ),
    "form_children": (
        "children | kids | number of children | how many children | how many kids and ages | how many kids | "
        "no of children | child | how many children and ages | children and ages | number of kids | "
        "children under 18 | children 0-17 | kids and ages | children under 12 | children 2-11 | infants | "
        "children 2-17 | kids & ages | children & ages"
    ),
    "form_ages": (
        "children's ages | ages of children | ages | child ages | childrens ages | kids ages | kids' ages | "
        "ages of kids | age of children | children ages | child age | children age s | age s of children | "
        "ages of the children | age"
    ),
    "form_rooms": (
        "rooms | number of rooms | no of rooms | how many rooms | room | accommodation | room type | room configuration"
    ),
    "form_board": "meal plan | board | meals | board basis | meal basis | catering | boarding",
    "form_budget": (
        "budget | your budget | budget per person | budget pp | budget total | total budget | "
        "approximate budget | what is your budget | price range | max budget | budget range | "
        "maximum budget | budget .. total | how much would you like to spend"
    ),
    "form_hotel": (
        "hotel | preferred hotel | hotel name | property | lodge | resort | preferred accommodation | which hotel"
    ),
    "form_comments": (
        "comments | comment | message | notes | special requests | additional information | anything else | "
        "remarks | your message | tell us more | extra information | special requirements | further info | "
        "more info | additional comments | other | note | enquiry | requests | tell us about your trip | "
        "anything else we should know | special request | details"
    ),
    "form_aside": (
        "created time | ad name | platform | campaign | form | ip | source | how did you hear about us | "
        "submitted | page | url | newsletter | consent | id | lead id | user agent | referrer | form id | "
        "adset name | is organic | how did you find us | marketing opt in | booking reference | reference | "
        "ref | browser | company | date submitted | submitted on | time | terms | gdpr | opt in | status"
    ),
    "form_days": "days | number of days",
    "form_months": "month | months | mths | mo",
}
