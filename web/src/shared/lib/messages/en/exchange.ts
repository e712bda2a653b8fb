export const exchange = {
  "nav.exchange": "Exchange",
  "exchange.title": "Exchange rates",
  "exchange.lead.one":
    "The same for all agencies. Yours sells by rates of at most {count} day; an older one gives no price.",
  "exchange.lead.other":
    "The same for all agencies. Yours sells by rates of at most {count} days; an older one gives no price.",
  "exchange.lead.operator":
    "The same for all agencies; each decides how old a rate it may sell by. A stored rate is never changed.",
  "exchange.tooOld.one": "{count} pair is too old. Prices that need it wait for newer rates.",
  "exchange.tooOld.other": "{count} pairs are too old. Prices that need them wait for newer rates.",
  "exchange.pair": "Pair",
  "exchange.rate": "Rate",
  "exchange.day": "Day",
  "exchange.state": "State",
  "exchange.source": "Source",
  "exchange.stored": "Stored",
  "exchange.today": "today",
  "exchange.age.one": "{count} day old",
  "exchange.age.other": "{count} days old",
  "exchange.good": "In date",
  "exchange.old": "Too old",
  "exchange.empty": "No exchange rates yet",
  "exchange.empty.text":
    "They are needed only where you sell in another currency than the hotel’s contract. Ask whoever runs this installation to import them.",
  "exchange.empty.operator":
    "Import the European Central Bank’s table (eurofxref). With TEMBEA_FX_URL set it is read once a day.",
  "exchange.past": "{base} to {quote}",
  "exchange.past.note": "The newest day first. Where a day stands twice, the upper one counts.",
  "exchange.past.none": "No rate is stored for this pair",
  "exchange.past.none.text": "A rate leads one way: look for the pair the other way round, too.",
  "exchange.import": "Import rates",
  "exchange.import.drop":
    "The European Central Bank’s table (eurofxref), CSV or ZIP, up to 25 MB. The file is tried first; nothing is stored until you say so.",
  "exchange.import.fine.one": "{count} day is in order, {newest}",
  "exchange.import.fine.other": "{count} days are in order, the newest {newest}",
  "exchange.import.nothing": "The table holds no rates",
  "exchange.import.wrong.one": "{count} row needs correcting. Nothing is imported until then.",
  "exchange.import.wrong.other": "{count} rows need correcting. Nothing is imported until then.",
  "exchange.import.cross": "Also work out rates into",
  "exchange.import.cross.text":
    "Currencies such as ZAR. The bank says only what a euro costs; a rate from dollars to rand is worked out over the euro.",
  "exchange.import.done.one": "{count} new rate",
  "exchange.import.done.other": "{count} new rates",
  "exchange.import.known": "Nothing new: these rates were stored before",
} as const;
