"""The people and places that are added to those of sample.py, as data."""

from ..people import ADMIN, MEMBER

GUEST, TEAM_GUEST = "organization_external_user", "organization_team_guest_user"

FIRST_PERSON = 3074457345618265209
"""The id of the first of PEOPLE; the others follow it."""

PEOPLE: tuple[tuple[str, str, str, str, str], ...] = (
    ("Ines", "Carvalho", "", ADMIN, "full"),
    ("Jonas", "Weber", "", ADMIN, "full"),
    ("Kateryna", "Bondar", "", MEMBER, "full"),
    ("Lucia", "Ferri", "", MEMBER, "full"),
    ("Mateo", "Silva", "", MEMBER, "full"),
    ("Nadia", "Benali", "", MEMBER, "full"),
    ("Oskar", "Nowak", "", MEMBER, "full"),
    ("Priya", "Menon", "", MEMBER, "full"),
    ("Quentin", "Dubois", "", MEMBER, "occasional"),
    ("Rosa", "Jimenez", "", MEMBER, "full"),
    ("Samuel", "Adeyemi", "", MEMBER, "full"),
    ("Tara", "Walsh", "", MEMBER, "full"),
    ("Umar", "Farooq", "", MEMBER, "full"),
    ("Vera", "Sokolova", "", MEMBER, "occasional"),
    ("Wei", "Zhang", "", MEMBER, "full"),
    ("Ximena", "Rojas", "", MEMBER, "free"),
    ("Yusuf", "Demir", "", MEMBER, "free"),
    ("Zoe", "Laurent", "", MEMBER, "full"),
    ("Arjun", "Rao", "", MEMBER, "full"),
    ("Bianca", "Popescu", "", MEMBER, "full"),
    ("Carl", "Jensen", "", MEMBER, "free"),
    ("Delia", "Marin", "", MEMBER, "full"),
    ("Elias", "Berg", "", MEMBER, "full"),
    ("Farah", "Aziz", "", MEMBER, "free"),
    ("Gwen", "Parry", "", MEMBER, "full"),
    ("Igor", "Horvat", "lighthouse.example", GUEST, "free_restricted"),
    ("Joan", "Mills", "lighthouse.example", GUEST, "free_restricted"),
    ("Kofi", "Mensah", "printworks.example", GUEST, "free_restricted"),
    ("Lena", "Vogel", "printworks.example", GUEST, "free_restricted"),
    ("Milan", "Kovac", "freelance.example", GUEST, "free_restricted"),
    ("Nora", "Lind", "freelance.example", TEAM_GUEST, "free_restricted"),
    ("Omar", "Said", "freelance.example", TEAM_GUEST, "free_restricted"),
)
"""Given and family name, the domain of the address where it is another, role, licence."""

DEACTIVATED = frozenset({"Vera Sokolova", "Carl Jensen", "Delia Marin", "Milan Kovac"})

ADMIN_ROLES = {"Ines Carvalho": ("Content Admin", "Security Admin"), "Kateryna Bondar": ("User Admin",)}
"""Jonas Weber is a company admin who may not see private boards."""

MARKETING, SUCCESS = ("3074457345618265103", "Marketing"), ("3074457345618265104", "Customer Success")

PROJECTS: tuple[tuple[str, str, int, bool], ...] = (
    ("3074457345618265302", "Design system", 0, True),
    ("3074457345618265303", "Platform 2027", 1, False),
    ("3074457345618265304", "Spring campaign", 2, True),
    ("3074457345618265305", "Partner launch", 2, False),
    ("3074457345618265306", "Onboarding", 3, False),
)
"""Id, name, number of the team, and whether the whole team may view it."""

USER_GROUPS: tuple[tuple[str, str, str], ...] = (
    ("3074457345618265403", "Leads", "Lead a team"),
    ("3074457345618265404", "Writers", "Write what customers read"),
    ("3074457345618265405", "Analysts", "Look after the figures"),
    ("3074457345618265406", "Works council", "Elected until 2028"),
)

TOPICS = (
    *("Roadmap", "Pricing", "Onboarding flow", "Brand voice", "Incident review", "Customer interviews", "Budget"),
    *("Sprint plan", "Launch checklist", "Risk register", "Service blueprint", "Hiring plan", "Release notes"),
    *("Research plan", "Support themes"),
)
SEASONS = ("spring", "summer", "autumn", "winter")

OUTSIDERS: tuple[tuple[str, str], ...] = (
    ("3074457000000000901", "pat@agency.example"),
    ("3074457000000000902", "sam@agency.example"),
)
"""People on boards who are not in the organization: the id and address of each."""
