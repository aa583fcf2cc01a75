"""The words for members: today's question, help, and what is kept about them."""

from __future__ import annotations

from datetime import datetime

from bot.ui.words import commands, common


def nothing_open(next_due: datetime | None) -> str:
    """Return what to say when no question is open."""
    when = f"The next one comes {common.distance(next_due)}, {common.moment(next_due)}." if next_due else ""
    return f"No question is open right now. {when}".rstrip()


HELP = f"""### Stepwise
A question a day about the learning rate, as it is met in PyTorch.
- **Answer** by a click on a letter. Nobody sees what you chose; you get the worked solution at once, and your first \
answer counts.
- **Points**: easy 10, medium 20, hard 30 for a right answer, and up to 10 more for your streak. A wrong one costs \
nothing, and nobody is asked to be fast.
- **Hint** halves the question's points if you open it before you answer.
- **Streak**: it grows with each daily question you answer, right or wrong. Days without a question never break it.
- **Freezes** bridge missed days by themselves. You start with one, earn one for every 7 answers in a row, and hold \
two at most.
### What you can do
`/today` — {commands.TODAY.lower()}
`/stats` — {commands.STATS.lower()}
`/leaderboard` — {commands.LEADERBOARD.lower()}
`/mydata` — get, erase, hide or show {commands.MYDATA.lower()}
`/help` — this page"""

HELP_MODERATOR = f"""### For moderators
`/quiz setup` — {commands.SETUP.lower()}
`/quiz status` — {commands.STATUS.lower()}
`/quiz preview` `queue` `post` `skip` `close` — look ahead, choose, ask now, leave out, end
`/quiz pause` `resume` — {commands.PAUSE.lower()}
`/quiz void` — {commands.VOID.lower()}
`/quiz retire` `restore` — keep a question out, or bring it back
`/quiz adjust` — {commands.ADJUST.lower()}
`/quiz moderators` `audit` `reset` — who may do this, what they did, begin anew"""

EXPORTED = "This is everything kept about you in this server: ids, answers, points and settings. No names, no messages."
ASK_ERASE = (
    "Erase everything kept about you in this server: answers, points, streak and freezes? This cannot be undone, not "
    "by a moderator either. A question that is open now will take no answer of yours any more."
)
YES_ERASE = "Erase my data"
ERASED = "Everything kept about you in this server is erased. If you answer again, you begin anew."
HIDDEN = "You are off the boards, and only you see your figures. `/mydata show` undoes it."
SHOWN = "You are on the boards again."
EXPORT_FILE = "stepwise-mydata.json"
