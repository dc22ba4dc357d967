"""The table of contents of the product: what happens when something happens."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from handlers import (
    broadcasting,
    choosing,
    claiming,
    counting,
    events,
    explaining,
    helping,
    home,
    informing,
    introducing,
    joining,
    leading,
    leaving,
    measuring,
    merging,
    parking,
    programs,
    purchasing,
    redeeming,
    reporting,
    rewarding,
    sharing,
    staffing,
    standing,
    supporting,
    wording,
)
from handlers.outcome import Outcome
from storage.store import Store

# Each handler takes the one event type it stands beside; a mapping cannot say so, hence Any.
Handler = Callable[[Any, Store], Awaitable[Outcome]]

HANDLERS: Mapping[type[events.Event], Handler] = {
    # a person in a chat
    events.Joined: joining.on_joined,
    events.TextWritten: joining.on_text_written,
    events.ClaimOpened: claiming.on_claim_opened,
    events.SignInOpened: merging.on_sign_in_opened,
    events.PhoneAsked: merging.on_phone_asked,
    events.ConnectAsked: merging.on_connect_asked,
    events.ContactShared: merging.on_contact_shared,
    events.MergeAnswered: merging.on_merge_answered,
    events.ShareAsked: sharing.on_share_asked,
    events.CardAsked: sharing.on_card_asked,
    events.CardSent: sharing.on_card_sent,
    events.WordsAsked: wording.on_words_asked,
    events.WordsSettled: wording.on_words_settled,
    events.StatusAsked: standing.on_status_asked,
    events.RewardsAsked: rewarding.on_rewards_asked,
    events.RewardClaimed: rewarding.on_reward_claimed,
    events.TopAsked: leading.on_top_asked,
    events.SettingsAsked: choosing.on_settings_asked,
    events.SettingChosen: choosing.on_setting_chosen,
    events.Stopped: leaving.on_stopped,
    events.HomeOpened: home.on_home_opened,
    events.Introduced: introducing.on_introduced,
    events.PictureSent: supporting.on_picture_sent,
    events.HumanAsked: supporting.on_human_asked,
    events.ConversationEnded: supporting.on_conversation_ended,
    events.HelpAsked: helping.on_help_asked,
    events.QuestionAsked: explaining.on_question_asked,
    events.OldButtonTapped: helping.on_old_button_tapped,
    events.BotBlocked: leaving.on_bot_blocked,
    events.BotUnblocked: leaving.on_bot_unblocked,
    # the team
    events.StatsAsked: measuring.on_stats_asked,
    events.TeamReplied: supporting.on_team_replied,
    events.ConversationClosed: supporting.on_conversation_closed,
    events.ConversationReopened: supporting.on_conversation_reopened,
    events.DecisionHandled: informing.on_decision_handled,
    events.CampaignTapped: broadcasting.on_campaign_tapped,
    # the business
    events.EventReported: purchasing.on_event_reported,
    events.VoucherRedeemed: redeeming.on_voucher_redeemed,
    events.SignInRequested: merging.on_sign_in_requested,
    events.MergeUndone: merging.on_merge_undone,
    events.CustomerViewed: reporting.on_customer_viewed,
    events.LinkLookedUp: sharing.on_link_looked_up,
    events.LandingViewed: joining.on_landing_viewed,
    events.SharePageViewed: sharing.on_share_page_viewed,
    events.BrandViewed: programs.on_brand_viewed,
    events.ClaimViewed: claiming.on_claim_viewed,
    # the clock
    events.HoldsDue: rewarding.on_holds_due,
    events.ExpiriesDue: rewarding.on_expiries_due,
    events.VisitsDue: counting.on_visits_due,
    events.WeeklyBoardDue: leading.on_weekly_board_due,
    events.CampaignsDue: broadcasting.on_campaigns_due,
    events.UpdateParked: parking.on_update_parked,
    # the owner
    events.ProgramApplied: programs.on_program_applied,
    events.CampaignWeighed: broadcasting.on_campaign_weighed,
    events.CampaignBegun: broadcasting.on_campaign_begun,
    events.CampaignSteered: broadcasting.on_campaign_steered,
    events.MemberAdded: staffing.on_member_added,
    events.MemberRemoved: staffing.on_member_removed,
}

# Pure reads: they open a read transaction and leave no row.
READS: frozenset[type[events.Event]] = frozenset(
    {
        events.StatusAsked,
        events.RewardsAsked,
        events.TopAsked,
        events.SettingsAsked,
        events.HelpAsked,
        events.QuestionAsked,
        events.HomeOpened,
        events.StatsAsked,
        events.PhoneAsked,
        events.OldButtonTapped,
        events.CustomerViewed,
        events.LinkLookedUp,
        events.LandingViewed,
        events.SharePageViewed,
        events.BrandViewed,
        events.CardAsked,
        events.ClaimViewed,
        events.CampaignWeighed,
    }
)
