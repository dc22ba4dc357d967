"""What a handler receives: every aggregate over one transaction."""

from storage.appeals import Appeals
from storage.campaigns import Campaigns
from storage.caps import Caps
from storage.clicks import Clicks
from storage.clocks import Clocks
from storage.connection import Connection
from storage.consents import Consents
from storage.conversations import Conversations
from storage.customers import Customers
from storage.decisions import Decisions
from storage.deliveries import Deliveries
from storage.due import Due
from storage.events import Events
from storage.figures import Figures
from storage.grants import Grants
from storage.ledger import Ledger
from storage.limits import Limits
from storage.lineage import Lineages
from storage.links import Links
from storage.merges import Merges
from storage.outbox import Outbox
from storage.planning import Planning
from storage.prizes import Prizes
from storage.programs import Programs, Revisions
from storage.queue import Queue
from storage.referrals import Referrals
from storage.reports import Reports
from storage.restraint import Restraint
from storage.rewards import Rewards
from storage.scores import Scores
from storage.sessions import Sessions
from storage.spendings import Spendings
from storage.standings import Standings
from storage.stock import Stock
from storage.team import Team
from storage.tokens import Suggestions, Tokens
from storage.unserved import Unserved
from storage.vouchers import Vouchers
from storage.workers import Workers


class Store:
    """The aggregates, all speaking through one connection inside one transaction."""

    def __init__(self, connection: Connection, revisions: Revisions) -> None:
        self.programs = Programs(connection, revisions)
        self.scores = Scores(connection, self.programs)
        self.customers = Customers(connection, self.scores)
        self.links = Links(connection)
        self.clicks = Clicks(connection)
        self.referrals = Referrals(connection, self.scores)
        self.standings = Standings(connection, self.customers, self.programs)
        self.lineages = Lineages(connection, self.customers)
        self.events = Events(connection)
        self.reports = Reports(connection, self.programs)
        self.caps = Caps(connection)
        self.rewards = Rewards(connection, self.caps)
        self.grants = Grants(connection)
        self.vouchers = Vouchers(connection)
        self.ledger = Ledger(connection)
        self.deliveries = Deliveries(connection)
        self.stock = Stock(connection)
        self.spendings = Spendings(connection)
        self.prizes = Prizes(connection)
        self.decisions = Decisions(connection)
        self.appeals = Appeals(connection)
        self.merges = Merges(connection)
        self.tokens = Tokens(connection)
        self.suggestions = Suggestions(connection)
        self.team = Team(connection)
        self.conversations = Conversations(connection)
        self.figures = Figures(connection)
        self.outbox = Outbox(connection)
        self.campaigns = Campaigns(connection)
        self.queue = Queue(connection)
        self.unserved = Unserved(connection)
        self.clocks = Clocks(connection)
        self.planning = Planning(connection)
        self.consents = Consents(connection)
        self.restraint = Restraint(connection)
        self.limits = Limits(connection)
        self.workers = Workers(connection)
        self.sessions = Sessions(connection)
        self.due = Due(connection)
