"""A cashier redeems a voucher: once, whoever else tries in the same second."""

from handlers.events import VoucherRedeemed
from handlers.menu import SHARE, STATUS
from handlers.outcome import Notice, NoticeKind, Outcome
from handlers.programs import terms, worth
from handlers.refusing import Refused
from messages.message import Message, Moment, Value
from referrals import codes, ledger
from referrals.ledger import RewardState
from storage.rewards import Reward
from storage.store import Store
from storage.vouchers import Voucher


async def on_voucher_redeemed(event: VoucherRedeemed, store: Store) -> Outcome:
    """Redeem a live voucher and tell its customer; everyone who comes later is told who, where and when."""
    code = codes.normalize(event.code)
    known = await store.vouchers.by_code(code) if codes.is_valid(code, codes.VOUCHER_LENGTH) else None
    if known is None:
        raise Refused("unknown-voucher")
    if await store.vouchers.take_key(event.key, code) != code:
        raise Refused("key-reused")
    # The reward before its voucher, as a refund does it: the two would wait for each other.
    await store.rewards.by_id(known.reward_id)
    redeemed = await store.vouchers.redeem(code, key=event.key, cashier=event.cashier, place=event.place, at=event.at)
    if redeemed is None:
        return await _again(event, code, store)
    reward = await store.rewards.move(
        redeemed.reward_id, states=[RewardState.CLAIMED], to=RewardState.REDEEMED, ended_at=event.at
    )
    if reward is None:
        raise LookupError("A live voucher whose reward was not claimed.")
    step = ledger.advance("redeem", reward.worth, RewardState.CLAIMED, RewardState.REDEEMED)
    await store.ledger.book(reward, step, event.at)
    return await _done(redeemed, reward, store, is_first=True)


async def _again(event: VoucherRedeemed, code: str, store: Store) -> Outcome:
    """Answer the same to the same key, and refuse everyone else with what happened."""
    voucher = await store.vouchers.by_code(code)
    reward = await store.rewards.by_id(voucher.reward_id) if voucher else None
    if voucher is None or reward is None:
        raise Refused("unknown-voucher")
    if voucher.state == "redeemed" and voucher.redeemed_at is not None:
        if await store.vouchers.was_redeemed_by(code, event.key):
            if (event.cashier, event.place) != (voucher.cashier, voucher.place):
                raise Refused("redemption-key-reused")
            return await _done(voucher, reward, store, is_first=False)
        values: dict[str, Value] = {
            "cashier": voucher.cashier,
            "place": voucher.place,
            "at": Moment(voucher.redeemed_at),
        }
        told = {"cashier": voucher.cashier, "place": voucher.place, "redeemed_at": voucher.redeemed_at.isoformat()}
        raise Refused(_redeemed_words(voucher), values, {"code": "voucher-redeemed", **told})
    raise Refused("voucher-revoked" if voucher.state == "revoked" else "voucher-expired")


def _redeemed_words(voucher: Voucher) -> str:
    """Choose the sentence by what is known about the first redemption."""
    if voucher.cashier and voucher.place:
        return "voucher-redeemed"
    return "voucher-redeemed-at-time"


async def _done(voucher: Voucher, reward: Reward, store: Store, *, is_first: bool) -> Outcome:
    program = await terms(store, reward.program_id, reward.revision)
    words: dict[str, Value] = {"gain": worth(program, reward.worth), "program": program.name}
    reply = {
        "voucher": "redeemed",
        "reward": reward.id,
        "customer": reward.customer_id,
        "amount": reward.worth.decimal(),
        "unit": reward.unit,
        "redeemed_at": voucher.redeemed_at.isoformat() if voucher.redeemed_at else None,
        "cashier": voucher.cashier,
        "place": voucher.place,
    }
    notices: tuple[Notice, ...] = ()
    if is_first:
        thanks = Message(key="redeeming.thanks", values=words, buttons=((SHARE, STATUS),))
        notices = (Notice(to=reward.customer_id, kind=NoticeKind.VOUCHER, key=f"redeemed:{reward.id}", message=thanks),)
    return Outcome(answers=(Message(key="redeeming.at-the-till", values=words),), notices=notices, reply=reply)
