"""Who plays in the sample portfolio: 48 invented accounts and the people around them, one line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

AS_OF = date(2026, 9, 30)
FACTORS = ("TOP", "QUA", "LON", "TEA", "KAM", "SEL")

# id | name | function | level | active | line manager | trained on | profit share of variable pay
_PEOPLE = """
DIR | Katharina Roth      | Key account programme | 3 | true  | HOL |            | 0.60
CTL | Benedikt Fuchs      | Finance               | 3 | true  | OSE |            | 0.30
AW  | Anna Weiss          | Sales                 | 3 | true  | KEL | 2025-11-18 | 0.60
JM  | Jonas Meier         | Sales                 | 3 | true  | KEL | 2023-10-10 | 0.20
SH  | Sofia Hartmann      | Sales                 | 2 | true  | KEL |            | 0.30
PO  | Priya O'Neill       | Sales                 | 3 | true  | KEL | 2025-03-04 | 0.50
TE  | Theo Ellery         | Sales                 | 2 | true  | KEL | 2024-05-14 | 0.25
CL  | Claire Laurent      | Sales                 | 3 | true  | KEL | 2025-06-17 | 0.40
RS  | Rui Sampaio         | Sales                 | 3 | true  | KEL | 2025-09-23 | 0.50
IB  | Ingrid Bergqvist    | Sales                 | 3 | true  | KEL | 2026-02-10 | 0.55
DK  | Daniel Kowalski     | Sales                 | 3 | true  | KEL | 2025-01-21 | 0.60
LIN | Renate Lind         | General management    | 5 | true  |     |            |
OSE | Marcus Osei         | Finance               | 5 | true  | LIN |            |
HOL | Grace Holloway      | Strategy              | 5 | true  | LIN |            |
NAK | Yuki Nakamura       | Research              | 5 | true  | LIN |            |
ADL | Henrik Adler        | Operations            | 5 | true  | LIN |            |
ROM | Isabel Romero       | Human resources       | 5 | true  | LIN |            |
MOR | Paulo Moreira       | Strategy              | 4 | true  | HOL |            |
DUB | Camille Dubois      | Marketing             | 4 | true  | HOL |            |
GRA | Fiona Grant         | Legal                 | 4 | true  | LIN |            |
KEL | Brendan Kelly       | Sales                 | 4 | true  | LIN |            | 0.40
SOR | Astrid Sørensen     | Quality               | 4 | true  | ADL |            |
EKL | Stefan Eklund       | Operations            | 4 | true  | ADL |            |
PET | Viktor Petrov       | Information systems   | 4 | true  | OSE |            |
TAN | Mei Tan             | Information systems   | 4 | true  | OSE |            |
BAU | Lukas Baumann       | Finance               | 4 | true  | OSE |            |
FER | Tomás Ferreira      | Supply chain          | 4 | true  | ADL |            |
VOS | Margarethe Voss     | Operations            | 4 | false | ADL |            |
T1  | Nadia Haddad        | Supply chain          | 3 | true  | FER |            |
T2  | Oliver Brandl       | Research              | 3 | true  | NAK |            |
T3  | Sara Lindqvist      | Quality               | 2 | true  | SOR |            |
T4  | Mateo Ruiz          | Marketing             | 2 | true  | DUB |            |
T5  | Hannah Cole         | Finance               | 2 | true  | OSE |            |
T6  | Emil Novak          | Operations            | 2 | true  | ADL |            |
"""

# name | region | industry | tier | status | manager
# | thousand EUR: revenue and profit of the last twelve months, then of the twelve before
# | scores TOP QUA LON TEA KAM SEL | internal and external sponsor | plan | contacts touched | quirks
# Sponsors: c touched in time, s too long ago, z never, n just assigned, e ended since the last review.
_ACCOUNTS = """
Sunfold Energy|North America|Energy|1|active|DK|15200 2590 13900 2380|443434|LIN-c MOR-c|alive|4|
Helvia Group|DACH|Machinery|1|active|JM|14100 -600 13100 110|110212|LIN-s BAU-e|expired|1|decline
Delmar Group|North America|Chemicals|1|active|DK|11600 1760 11000 1690|334333|HOL-c HOL-c|alive|4|
Northstar Foods|UKI|Consumer goods|1|active|PO|9800 690 9300 760|422233|ADL-z ADL-z|unreviewed|2|bluff-TOP
Orbis Rail|France|Mobility|1|active|CL|8900 -450 9100 -150|211222|OSE-c VOS-c|unreviewed|2|
Tavira Mobility|Iberia|Mobility|1|active|RS|8400 1210 7800 1130|332333|ROM-c ROM-c|alive|4|
Fjordline Marine|Nordics|Mobility|1|active|IB|7900 900 7600 850|323333|SOR-c ADL-c|alive|3|
Kestrel Foods|UKI|Consumer goods|1|active|TE|7200 430 6900 420|121122|VOS-c GRA-c|unreviewed|1|
Albrecht Chemie|DACH|Chemicals|1|active|AW|6900 1020 6300 930|333443|LIN-c NAK-c|alive|4|
Novamed Kliniken|DACH|Healthcare|1|active|AW|6600 1190 6000 1050|443344|OSE-c NAK-c|alive|5|
Pelletier & Fils|France|Consumer goods|1|active|CL|6100 510 6000 500|222233|DUB-c DUB-c|slipping|3|
Great Lakes Polymers|North America|Chemicals|2|active|DK|5900 380 5600 430|212232|PET-c PET-c|slipping|2|
Cassel Pharma|DACH|Healthcare|1|active|JM|5200 620 5000 590|332322|LIN-c LIN-c|alive|4|cost_missing
Solvane Industries|France|Chemicals|2|active|CL|4900 560 4700 530|332333|DUB-c OSE-c|alive|3|bluff-TEA
Harrow Medical|UKI|Healthcare|2|active|PO|4600 800 4000 700|343333|GRA-c GRA-c|alive|4|
Norrland Paper|Nordics|Consumer goods|2|active|IB|4200 -320 4250 -250|211232|SOR-c -|expired|2|
Vereinigte Norddeutsche Präzisionswerkzeug- und Maschinenbaugesellschaft mbH|DACH|Machinery|2|active|JM|\
4100 230 4000 225|221212|LIN-c LIN-s|unreviewed|2|
Redwood Transit Systems|North America|Mobility|2|active|DK|3900 410 3700 385|232333|MOR-c MOR-c|alive|3|
شركة الواحة للطاقة|Iberia|Energy|2|active|RS|3600 520 3300 470|333333|ROM-c ROM-c|alive|3|
Castellan Automation|Iberia|Machinery|2|active|RS|3400 390 3350 380|222232|FER-c FER-c|alive|3|
Viken Water|Nordics|Energy|2|active|IB|3200 420 3100 400|133333|SOR-c SOR-c|alive|4|modest-TOP
Meridian Biologics|North America|Healthcare|2|active|DK|3100 650 2700 560|344343|HOL-c HOL-c|alive|4|
O'Connell, Byrne & Partners|UKI|Healthcare|2|active|PO|2900 350 2800 330|323323|TAN-c KEL-c|alive|3|
[EMEA] Brandt & Söhne|DACH|Machinery|2|active|JM|2700 120 2600 150|222122|VOS-c BAU-c|slipping|2|
Lacaze Aéro|France|Mobility|2|active|CL|2600 260 2500 240|332332|OSE-c OSE-s|alive|3|bluff-SEL
Marlowe Packaging|UKI|Consumer goods|2|active|TE|2500 180 2450 175|221223|KEL-c KEL-s|slipping|2|credit_note
Ostwald Pumpen|DACH|Machinery|2|active|JM|2300 310 2200 290|232213|BAU-c BAU-c|alive|3|
Granite Peak Mining|North America|Chemicals|3|active|DK|2100 -220 2150 -180|211222|PET-c -|unreviewed|1|
Halden Shipping|Nordics|Mobility|3|active|IB|2100 210 2050 200|222333|EKL-c EKL-c|alive|3|
Quercy Aciers|France|Machinery|3|exiting|JM|2000 -190 2500 -60|110221|- -|expired|1|
Bloom 🌱 Organics|UKI|Consumer goods|3|active|PO|1900 330 1600 270|343333|GRA-c GRA-c|alive|4|
Pico Alto Wines|Iberia|Consumer goods|3|active|RS|1700 190 1650 180|222333|FER-c ROM-c|slipping|2|gaps
Sierra Clínica|Iberia|Healthcare|3|active|RS|1600 240 1550 225|322222|FER-c FER-s|unreviewed|2|expired_scores
Weser Logistik|DACH|Mobility|3|active|JM|1500 95 1480 92|221211|LIN-s LIN-c|unreviewed|2|
Tundra Robotics|Nordics|Machinery|3|active|IB|1400 230 1200 190|--3---|ADL-c ADL-c|alive|3|
Cobalt Harbour|UKI|Energy|3|active||1300 130 1280 125|221102|KEL-c -|none|1|
Edelmann Gewürze|DACH|Consumer goods|3|active|SH|1200 210 1100 190|233313|NAK-c BAU-c|alive|3|
Maison Verlaine|France|Consumer goods|3|active|CL|1100 190 1050 180|333333|DUB-c DUB-c|alive|3|
Prairie Dairy Co-op|North America|Consumer goods|3|active|DK|1050 90 1040 88|221222|PET-c PET-s|slipping|2|
Kellner Antriebe|DACH|Machinery|3|active|JM|950 70 930 68|222212|LIN-c LIN-c|unreviewed|2|cost_withdrawn
Lunaria Cosmetics|DACH|Consumer goods|3|active|SH|900 200 800 170|344322|NAK-c NAK-c|alive|3|bluff-LON
Nordhavn Subsea|Nordics|Energy|3|active|IB|850 110 820 105|223323|EKL-c SOR-c|alive|3|late
Harlan Freight|North America|Mobility|3|exiting|DK|800 30 1400 90|212221|MOR-s -|none|1|
Thornbury Glass|UKI|Machinery|3|active|TE|760 85 740 82|222222|TAN-c TAN-c|slipping|2|stopped
Baltic Timber Trade|Nordics|Consumer goods|3|exited|JM|300 -40 900 20|221--2|- -|none|0|left
Rheintal Textil|DACH|Consumer goods|3|exited|JM|0 0 1900 60|221221|- -|none|0|lost expired_scores
Lumen Grid|Nordics|Energy|2|onboarding|SH|420 38 0 0|2---2-|BAU-n BAU-n|alive|2|new
Aurelia Biotech|France|Healthcare|2|onboarding|CL|0 0 0 0|-----3|DUB-c DUB-c|none|2|no_figures
"""

# The score at the last review point, where the newest one differs.
MOVES = {
    ("Helvia Group", "TOP"): 2,
    ("Helvia Group", "LON"): 1,
    ("Helvia Group", "KAM"): 2,
    ("Orbis Rail", "QUA"): 2,
    ("Kestrel Foods", "TEA"): 2,
    ("Norrland Paper", "LON"): 2,
    ("Novamed Kliniken", "LON"): 2,
    ("Sunfold Energy", "SEL"): 3,
    ("Bloom 🌱 Organics", "QUA"): 3,
    ("Castellan Automation", "KAM"): 2,
}


@dataclass(frozen=True)
class Person:
    """One line of the people table; ids are the initials used throughout the sample."""

    person_id: str
    name: str
    function: str
    level: int
    active: bool
    line_manager_id: str
    trained_on: str
    variable_profit_share: str


@dataclass(frozen=True)
class Actor:
    """One account and what happens to it; money in thousands of the reporting currency."""

    account_id: str
    name: str
    region: str
    industry: str
    tier: int
    status: str
    manager: str
    money: tuple[int, int, int, int]
    scores: dict[str, int]
    sponsors: dict[str, tuple[str, str]]  # side -> (person, state)
    plan: str
    contacts: int
    quirks: frozenset[str]

    def truth(self, code: str) -> int:
        """The level the facts speak for: the score, unless the account claims too much or too little."""
        if f"bluff-{code}" in self.quirks:
            return 0
        if f"modest-{code}" in self.quirks:
            return 4
        return self.scores.get(code, 2)

    def rng(self, seed: int, part: str) -> Random:
        """Dice of its own for each account and part, so a change in one leaves the others as they were."""
        return Random(f"{seed}/{part}/{self.account_id}")


def people() -> list[Person]:
    """Everybody on our side: the director, managers, sponsors, team members."""
    rows = ([cell.strip() for cell in line.split("|")] for line in _PEOPLE.strip().splitlines())
    return [Person(r[0], r[1], r[2], int(r[3]), r[4] == "true", r[5], r[6], r[7]) for r in rows]


def _sponsors(text: str) -> dict[str, tuple[str, str]]:
    pairs = zip(("internal", "external"), text.split(), strict=True)
    return {side: (token[:-2], token[-1]) for side, token in pairs if token != "-"}


def _actor(number: int, line: str) -> Actor:
    cells = line.split("|")
    name, region, industry, tier, status, manager, money, scores, sponsors, plan, contacts, quirks = cells
    now, profit, before, profit_before = (int(x) for x in money.split())
    return Actor(
        account_id=f"KA{number:03d}",
        name=name,
        region=region,
        industry=industry,
        tier=int(tier),
        status=status,
        manager=manager,
        money=(now, profit, before, profit_before),
        scores={code: int(s) for code, s in zip(FACTORS, scores, strict=True) if s != "-"},
        sponsors=_sponsors(sponsors),
        plan=plan,
        contacts=int(contacts),
        quirks=frozenset(quirks.split()),
    )


@cache
def actors() -> tuple[Actor, ...]:
    """The accounts, in the order of their ids."""
    return tuple(_actor(n, line) for n, line in enumerate(_ACCOUNTS.strip().splitlines(), start=1))
