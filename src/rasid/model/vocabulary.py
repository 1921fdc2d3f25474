"""Enumerations of the contract (see docs/contract.md); values are the words that a Reading holds."""

from __future__ import annotations

from enum import StrEnum


class IncidentType(StrEnum):
    """What happened."""

    SHELLING = "shelling"
    AIR_STRIKE = "air_strike"
    EXPLOSION = "explosion"
    SUICIDE_ATTACK = "suicide_attack"
    CHEMICAL_ATTACK = "chemical_attack"
    INTERCEPTION = "interception"
    CLASH = "clash"
    ARMED_ATTACK = "armed_attack"
    ASSASSINATION = "assassination"
    EXECUTION = "execution"
    INCURSION = "incursion"
    ARREST = "arrest"
    ABDUCTION = "abduction"
    ILL_TREATMENT = "ill_treatment"
    SIEGE = "siege"
    AID_OBSTRUCTION = "aid_obstruction"
    SERVICE_CUT = "service_cut"
    PROPERTY_DESTRUCTION = "property_destruction"
    DISPLACEMENT = "displacement"
    EVACUATION = "evacuation"
    PROTEST = "protest"
    RIOT = "riot"
    STRIKE = "strike"
    DEPLOYMENT = "deployment"
    TERRITORY = "territory"
    RELEASE = "release"
    AID_DELIVERY = "aid_delivery"
    TOLL = "toll"


#: Types that a careful coder may take for each other.
FAMILIES: tuple[frozenset[str], ...] = (
    frozenset({"shelling", "air_strike", "explosion", "suicide_attack", "chemical_attack", "interception"}),
    frozenset({"clash", "armed_attack", "assassination", "execution", "incursion"}),
    frozenset({"arrest", "abduction", "ill_treatment"}),
    frozenset({"siege", "aid_obstruction", "service_cut"}),
    frozenset({"property_destruction"}),
    frozenset({"displacement", "evacuation"}),
    frozenset({"protest", "riot", "strike"}),
    frozenset({"deployment", "territory"}),
    frozenset({"release"}),
    frozenset({"aid_delivery"}),
    frozenset({"toll"}),
)


class Modality(StrEnum):
    """How the report stands to what it tells."""

    HAPPENED = "happened"
    ALLEGED = "alleged"
    DENIED = "denied"
    PLANNED = "planned"
    THREATENED = "threatened"
    PAST = "past"


class CommitmentKind(StrEnum):
    """What kind of word was given."""

    PLEDGE = "pledge"
    AGREEMENT = "agreement"
    OFFER = "offer"
    DEMAND = "demand"
    THREAT = "threat"
    REFUSAL = "refusal"


class TermAct(StrEnum):
    """What a term of a commitment is about."""

    CEASE_FIRE = "cease_fire"
    STOP_SHELLING = "stop_shelling"
    STOP_OPERATION = "stop_operation"
    LIFT_SIEGE = "lift_siege"
    WITHDRAW = "withdraw"
    DEPLOY = "deploy"
    RELEASE_DETAINEES = "release_detainees"
    REVEAL_FATE = "reveal_fate"
    AID_ACCESS = "aid_access"
    RESTORE_SERVICES = "restore_services"
    RETURN_DISPLACED = "return_displaced"
    NO_DISPLACEMENT = "no_displacement"
    EVACUATE = "evacuate"
    DISARM = "disarm"
    HAND_OVER = "hand_over"
    NEGOTIATE = "negotiate"
    GUARANTEE = "guarantee"
    MONITOR = "monitor"
    REOPEN = "reopen"
    RECONSTRUCT = "reconstruct"
    PROSECUTE = "prosecute"
    ATTACK = "attack"
    STOP_ATTACKS = "stop_attacks"
    OTHER = "other"


class TargetKind(StrEnum):
    """What was struck."""

    RESIDENTIAL = "residential"
    CIVILIANS = "civilians"
    HEALTH = "health"
    EDUCATION = "education"
    WORSHIP = "worship"
    WATER = "water"
    ELECTRICITY = "electricity"
    TELECOM = "telecom"
    MARKET = "market"
    AGRICULTURE = "agriculture"
    AID = "aid"
    CAMP = "camp"
    GOVERNMENT = "government"
    MILITARY = "military"
    CHECKPOINT = "checkpoint"
    VEHICLE = "vehicle"
    ROAD = "road"
    MEDIA = "media"
    ENERGY = "energy"
    PORT = "port"
    INFRASTRUCTURE = "infrastructure"
    PERSON = "person"
    OTHER = "other"


class WeaponKind(StrEnum):
    """With what."""

    ARTILLERY = "artillery"
    MORTAR = "mortar"
    ROCKET = "rocket"
    MISSILE = "missile"
    ANTI_AIRCRAFT_GUN = "anti_aircraft_gun"
    TANK = "tank"
    AIRCRAFT = "aircraft"
    HELICOPTER = "helicopter"
    DRONE = "drone"
    BARREL_BOMB = "barrel_bomb"
    CLUSTER = "cluster"
    INCENDIARY = "incendiary"
    CHEMICAL = "chemical"
    MINE = "mine"
    IED = "ied"
    CAR_BOMB = "car_bomb"
    GRENADE = "grenade"
    MACHINE_GUN = "machine_gun"
    SMALL_ARMS = "small_arms"
    SNIPER = "sniper"
    NAVAL = "naval"
    MELEE = "melee"
    BULLDOZER = "bulldozer"
    OTHER = "other"


class SourceKind(StrEnum):
    """Who says it."""

    OUTLET = "outlet"
    AGENCY = "agency"
    MONITOR = "monitor"
    OFFICIAL = "official"
    MILITARY = "military"
    ARMED_GROUP = "armed_group"
    MEDICAL = "medical"
    CIVIL_DEFENCE = "civil_defence"
    UN = "un"
    NGO = "ngo"
    LOCAL = "local"
    ACTIVIST = "activist"
    CORRESPONDENT = "correspondent"
    ANALYST = "analyst"
    UNNAMED = "unnamed"


class PlaceKind(StrEnum):
    """What sort of place."""

    COUNTRY = "country"
    GOVERNORATE = "governorate"
    DISTRICT = "district"
    COUNTRYSIDE = "countryside"
    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    NEIGHBOURHOOD = "neighbourhood"
    CAMP = "camp"
    STREET = "street"
    FACILITY = "facility"
    CROSSING = "crossing"
    MOUNTAIN = "mountain"
    AREA = "area"


class PlacePart(StrEnum):
    """Which part of the place."""

    IN = "in"
    AROUND = "around"
    NEAR = "near"
    ROAD = "road"


class Precision(StrEnum):
    """How fine a coordinate is."""

    POINT = "point"
    NEIGHBOURHOOD = "neighbourhood"
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    GOVERNORATE = "governorate"
    COUNTRY = "country"


class DayPart(StrEnum):
    """Part of the day."""

    DAWN = "dawn"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"
    MIDNIGHT = "midnight"


class ActorRole(StrEnum):
    """What an actor does in an incident."""

    PERPETRATOR = "perpetrator"
    PARTY = "party"
    ALLY = "ally"
    VICTIM = "victim"


class HarmStatus(StrEnum):
    """What happened to people."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    DETAINED = "detained"
    ABDUCTED = "abducted"
    DISPLACED = "displaced"
    RELEASED = "released"
    TRAPPED = "trapped"


class HarmWho(StrEnum):
    """To whom."""

    CIVILIAN = "civilian"
    CHILD = "child"
    WOMAN = "woman"
    COMBATANT = "combatant"
    JOURNALIST = "journalist"
    MEDIC = "medic"
    AID_WORKER = "aid_worker"
    OFFICIAL = "official"
    UNKNOWN = "unknown"


class PublishedBasis(StrEnum):
    """Where the day of publication was taken from."""

    METADATA = "metadata"
    DATELINE = "dateline"
    WEEKDAY = "weekday"
    GIVEN = "given"
