"""Random contracts and stays that reach every corner of the contract form. The same seed gives the same world."""

from datetime import date, timedelta
from random import Random

from tests.pricing.oracle.reading import Ask, Row, rows

FIRST = date(2027, 3, 1)
DAYS = 60
BANDS = (
    (("infant", 0, 1), ("child", 2, 11), ("teen", 12, 15), ("adult", 16, 17)),
    (("infant", 0, 2), ("child", 3, 17)),
    (("baby", 0, 1), ("young", 2, 6), ("child", 7, 12), ("adult", 13, 17)),
    (("child", 0, 12), ("teen", 13, 17)),
)
Json = dict[str, object]


class World:
    """Makes one document; every method is one part of the form."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.bands = [code for code, _, _ in self.random.choice(BANDS)]
        self._tiles = next(tiles for tiles in BANDS if [code for code, _, _ in tiles] == self.bands)
        self.rooms = ["standard", "family", "garden"][: self.random.choice([1, 1, 1, 2, 3])]
        self.plans = ["bb", "fb"][: self.random.choice([1, 1, 1, 2])]
        self.seasons = ["A", "B", "C"]

    def document(self) -> Json:
        chance = self.random.random
        document: Json = {
            "contract": 1,
            "hotel": {"name": "Oracle", "destination": "Delphi", "country": "GR", "time_zone": "Europe/Athens"},
            "currency": self.random.choice(["USD", "USD", "ZAR", "JPY", "KWD"]),
            "child_age_basis": self.random.choice(["at_check_in", "at_check_in", "per_night"]),
            "lone_adult_rule": self.random.choice(["adult_single_plus_child", "child_as_adult", "sharing_plus_child"]),
            "offer_selection": self.random.choice(["lowest_total", "lowest_total", "priority"]),
            "source": {"document": "Oracle"},
            "age_bands": [{"code": code, "from": first, "to": last} for code, first, last in self._tiles],
            "rooms": [self._room(code) for code in self.rooms],
            "plans": self._plans(),
            "seasons": self._seasons(),
            "rates": self._rates(),
            "child_rules": self._child_rules(),
            "supplements": self._supplements(),
            "restrictions": self._restrictions() if chance() < 0.6 else [],
            "offers": self._offers() if chance() < 0.7 else [],
            "taxes": self._taxes(),
            "packages": self._packages() if chance() < 0.25 else [],
            "allotments": self._allotments() if chance() < 0.2 else [],
            "services": self._services() if chance() < 0.2 else [],
        }
        if chance() < 0.12:
            document |= {"plans": [], "rates": [], "packages": self._packages() + self._packages()[:1]}
        if chance() < 0.3:
            document |= {"rate_kind": "commissionable", "commission_pct": self.random.choice(["10", "12.5", "17.35"])}
        if chance() < 0.05:
            document["booking_window"] = {"to": str(FIRST + timedelta(days=10))}
        return document

    def amount(self, most: int = 400) -> str:
        return self.random.choice(
            [f"{self.random.randint(1, most)}.{self.random.randint(0, 99):02d}", str(self.random.randint(1, most))]
        )

    def percent(self, *usual: str) -> str:
        return self.random.choice([*usual, f"{self.random.randint(1, 99)}.{self.random.randint(0, 9)}"])

    def _room(self, code: str) -> Json:
        most = self.random.choice([1, 2, 2, 3, 3, 4])
        room: Json = {"code": code, "max_adults": most, "max_children": self.random.choice([0, 2, 3, 3])}
        if self.random.random() < 0.7:
            room["base_adults"] = self.random.randint(1, most)
        if self.random.random() < 0.5:
            room["max_guests"] = self.random.randint(most, 5)
        if self.random.random() < 0.5:
            room["min_adults"] = self.random.choice([0, 1, 1, min(2, most)])
        return room | {"infants_count": self.random.random() < 0.4}

    def _plans(self) -> list[Json]:
        boards = self.random.choice([["BB", "FB"], ["RO", "HB"], ["BB", "BB"]])
        basis = ["per_person_night", "per_person_night", "per_room_night"]
        return [
            {"code": code, "board": board, "basis": self.random.choice(basis)}
            for code, board in zip(self.plans, boards, strict=False)
        ]

    def _seasons(self) -> list[Json]:
        """Two seasons with a possible hole between them, and one above both on some weekdays."""
        middle = self.random.randint(10, 40)
        hole = self.random.choice([0, 0, 0, 1, 3])
        days = [FIRST + timedelta(days=step) for step in range(DAYS)]
        seasons: list[Json] = [
            {"code": "A", "from": str(days[0]), "to": str(days[middle])},
            {"code": "B", "from": str(days[middle + 1 + hole]), "to": str(days[-1])},
        ]
        above: Json = {"code": "C", "from": str(days[5]), "to": str(days[-5]), "priority": 1}
        if self.random.random() < 0.5:
            above["weekdays"] = self.random.sample(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], 2)
            seasons.insert(self.random.randint(0, 2), above)
        else:
            seasons.append(above | {"from": str(days[50])})
        return seasons

    def _rates(self) -> list[Json]:
        keys = [(plan, room, season) for plan in self.plans for room in self.rooms for season in self.seasons]
        return [
            {"plan": plan, "room": room, "season": season, "amount": self.amount()}
            for plan, room, season in keys
            if self.random.random() < 0.97
        ]

    def _child_rules(self) -> list[Json]:
        rules: list[Json] = []
        for band in self.bands:
            if band == "adult":
                continue
            if self.random.random() < 0.95:
                rules.append({"band": band, **self._price("0", "50", "75", "33.3")})
            if self.random.random() < 0.3:
                rules.append({"band": band, "ordinal": 2, **self._price("25")})
            if self.random.random() < 0.2:
                rules.append({"band": band, "adults": 1, **self._price("60")})
        return rules

    def _price(self, *usual: str) -> Json:
        return {"percent": self.percent(*usual)} if self.random.random() < 0.8 else {"amount": self.amount(90)}

    def _scope(self) -> Json:
        kind = self.random.random()
        if kind < 0.5:
            return {}
        if kind < 0.7:
            return {"seasons": self.random.sample(self.seasons, 2)}
        day = FIRST + timedelta(days=self.random.randint(0, DAYS - 8))
        if kind < 0.8:
            return {"dates": [str(day), str(day + timedelta(days=2))]}
        if kind < 0.95:
            return {"from": str(day), "to": str(day + timedelta(days=self.random.randint(0, 20)))}
        return {"rooms": self.random.sample(self.rooms, 1)}

    def _flags(self) -> Json:
        flags: Json = {}
        for name in ("discountable", "commissionable", "pay_local"):
            if self.random.random() < 0.3:
                flags[name] = self.random.random() < 0.5
        return flags

    def _amounts(self) -> Json:
        bands = [*self.bands, *([] if "adult" in self.bands else ["adult"])]
        return {"amounts": {band: self.amount(60) for band in bands if band == "adult" or self.random.random() < 0.97}}

    def _supplements(self) -> list[Json]:
        chance, pick = self.random.random, self.random.choice
        per = ["person_night", "person_night", "room_night", "person_stay", "room_stay"]
        found: list[Json] = []
        if chance() < 0.85:
            found.append({"kind": "single", **self._price("35", "50", "17.5"), **self._flags()})
        if chance() < 0.4:
            found.append({"kind": "single", **self._price("80"), **self._scope(), **self._flags()})
        if chance() < 0.6:
            found.append(
                {
                    "kind": "extra_adult",
                    **self._price("70"),
                    **self._flags(),
                    **({} if chance() < 0.7 else self._scope()),
                }
            )
        for board in ("HB", "AI"):
            if chance() < 0.8:
                price = self._amounts() if chance() < 0.7 else {"amount": self.amount(50), "per": pick(per)}
                found.append(
                    {
                        "kind": "board",
                        "board": board,
                        **price,
                        **self._flags(),
                        **({} if chance() < 0.8 else self._scope()),
                    }
                )
        for kind in ("event", "room"):
            if chance() < 0.4:
                price = self._amounts() if chance() < 0.4 else {**self._price("10"), "per": pick(per)}
                bands: Json = {} if chance() < 0.8 else {"bands": ["adult", self.bands[0]]}
                row: Json = {"kind": kind, **price, **self._scope(), **self._flags(), **bands}
                if "amounts" in row:
                    row["per"] = pick(["person_night", "person_stay"])
                found.append(row | ({"mandatory": False} if chance() < 0.1 else {}))
        return found

    def _restrictions(self) -> list[Json]:
        pick = self.random.choice
        kinds: list[Json] = [
            {"kind": "release", "days": pick([3, 7, 14])},
            {"kind": "min_stay", "mode": pick(["arrival", "through"]), "nights": pick([2, 3, 4])},
            {"kind": "min_stay", "nights": pick([2, 3])},
            {"kind": "max_stay", "mode": pick(["arrival", "through"]), "nights": pick([3, 5, 7])},
            {"kind": "closed_to_arrival"},
            {"kind": "closed_to_departure"},
            {"kind": "stop_sale"},
        ]
        chosen = self.random.sample(kinds, self.random.randint(1, 3))
        return [row | self._scope() for row in chosen if row["kind"] in ("release", "min_stay", "max_stay")] + [
            row | {"dates": [str(FIRST + timedelta(days=self.random.randint(0, DAYS))) for _ in range(5)]}
            for row in chosen
            if row["kind"] not in ("release", "min_stay", "max_stay")
        ]

    def _offers(self) -> list[Json]:
        pick = self.random.choice
        kinds: list[Json] = [
            {
                "code": "EB",
                "kind": "early_bird",
                "percent": self.percent("15", "7.5"),
                "lead_days_min": pick([10, 20, 30]),
            },
            {"code": "LM", "kind": "last_minute", "percent": self.percent("20"), "lead_days_max": pick([10, 25])},
            {"code": "LS", "kind": "long_stay", "percent": self.percent("10"), "nights_min": pick([3, 5])},
            {"code": "FX", "kind": "fixed", "amount": self.amount(60)},
            {"code": "FP", "kind": "fixed", "percent": self.percent("5", "100")},
            {"code": "VA", "kind": "value_add"},
            self._stay_pay("SP"),
            self._stay_pay("SQ"),
        ]
        chosen = self.random.sample(kinds, self.random.randint(1, 4))
        for offer in chosen:
            offer["scope"] = pick(["night", "night", "arrival", "whole_stay"])
            others = [str(other["code"]) for other in chosen if other is not offer]
            offer["combines_with"] = [code for code in others if self.random.random() < 0.7]
            if self.random.random() < 0.4:
                offer["seasons"] = self.random.sample(self.seasons, 2)
            if self.random.random() < 0.1:
                offer["boards"] = ["HB", "BB"]
            if self.random.random() < 0.1:
                offer["rooms"] = [self.rooms[0]]
            if self.random.random() < 0.1:
                offer["booking"] = {"from": str(FIRST - timedelta(days=15))}
        return chosen

    def _stay_pay(self, code: str) -> Json:
        stay = self.random.choice([2, 3, 4, 5])
        offer: Json = {"code": code, "kind": "stay_pay", "stay": stay, "pay": self.random.randint(1, stay - 1)}
        offer["repeatable"] = self.random.random() < 0.5
        offer["free_night"] = self.random.choice(["cheapest", "first", "last", "average"])
        return offer | ({"max_free": self.random.choice([1, 2])} if self.random.random() < 0.3 else {})

    def _taxes(self) -> list[Json]:
        pick, found = self.random.choice, list[Json]()
        for code in ("T1", "T2")[: pick([0, 1, 1, 2])]:
            tax: Json = {
                "code": code,
                "per": pick(["person_night", "room_night", "person_stay", "room_stay"]),
                "settle": pick(["added", "added", "pay_local", "included"]),
            }
            tax |= {"percent": self.percent("5", "14")} if self.random.random() < 0.5 else {"amount": self.amount(9)}
            tax |= {"min_age": pick([2, 12, 18])} if self.random.random() < 0.5 else {}
            found.append(tax | ({"max_nights": pick([1, 3, 5])} if self.random.random() < 0.4 else {}))
        return found

    def _packages(self) -> list[Json]:
        package: Json = {
            "code": f"P{self.random.randint(100, 999)}",
            "board": self.random.choice(["BB", "HB"]),
            "room": self.rooms[0],
            "nights": self.random.choice([3, 4, 5]),
            "valid": {"from": str(FIRST), "to": str(FIRST + timedelta(days=40))},
            "sharing": self.amount(500),
            "child": self.amount(500),
            "child_band": self.bands[-1] if self.bands[-1] != "adult" else self.bands[1],
        }
        if self.random.random() < 0.8:
            package["single"] = self.amount(1500)
        if self.random.random() < 0.8:
            package["infant"] = self.amount(50)
        return [package]

    def _allotments(self) -> list[Json]:
        kinds = ["allotment", "allotment", "allotment", "free_sale", "on_request"]
        return [
            {
                "room": room,
                "from": str(FIRST + timedelta(days=self.random.randint(0, 20))),
                "to": str(FIRST + timedelta(days=self.random.randint(21, DAYS))),
                "quantity": self.random.choice([0, 1, 1, 2]),
                "kind": self.random.choice(kinds),
            }
            for room in self.rooms
        ]

    def _services(self) -> list[Json]:
        activity: Json = {"kind": "activity", "name": "Cruise", "per": "person", "amount": self.amount(80)}
        return [
            {"kind": "transfer", "name": "Transfer", "per": "vehicle", "amount": self.amount(80)},
            activity
            | {"child_amount": self.amount(40)}
            | {"valid": {"from": str(FIRST), "to": str(FIRST + timedelta(days=30))}},
            {"kind": "flight", "name": "Flight", "per": "person", "amount": self.amount(200)},
        ]


def random_ask(random: Random, document: Row) -> Ask:
    """A stay that the document may well be able to take."""
    check_in = FIRST + timedelta(days=random.randint(0, DAYS - 9))
    ages: list[int | date] = [random.randint(0, 17) for _ in range(random.choice([0, 0, 0, 1, 1, 2, 3]))]
    if random.random() < 0.4:
        ages = [_birth_date(random, check_in, age) for age in ages if isinstance(age, int)]
    named = [str(row["board"]) for key in ("plans", "supplements") for row in rows(document, key) if "board" in row]
    boards = [None, None, *named, *named, random.choice(["RO", "BB", "HB", "FB", "AI"])]
    names = [str(row["name"]) for row in rows(document, "services")]
    return Ask(
        check_in=check_in,
        check_out=check_in + timedelta(days=random.randint(1, 8)),
        adults=random.choice([1, 1, 2, 2, 2, 3, 4] if len(ages) < 3 else [1, 2]),
        children=tuple(ages),
        rooms=random.choice([None] * 7 + [1, 2, 3]),
        board=random.choice(boards),
        booked=check_in - timedelta(days=random.randint(0, 45)),
        services=tuple((name, random.randint(1, 3)) for name in names if random.random() < 0.3),
    )


def _birth_date(random: Random, check_in: date, age: int) -> date:
    """A birthday near the stay more often than chance has it, 29 February among them."""
    near = check_in + timedelta(days=random.choice([-200, -1, 0, 1, 2, 4, 100]))
    year = check_in.year - age - (1 if (near.month, near.day) > (check_in.month, check_in.day) else 0)
    if random.random() < 0.05:
        leap = year - year % 4
        return min(date(leap, 2, 29), check_in)
    return date(year, near.month, min(near.day, 28))
