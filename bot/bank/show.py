"""The bank and its items as text and as JSON, for the command line."""

from __future__ import annotations

import json
from textwrap import indent

from bot.bank.bank import Bank
from bot.bank.gather import Item
from bot.core.question import LETTERS, Option, Question, shuffled
from bot.core.scoring import BASE_POINTS


def listing(bank: Bank) -> str:
    """Return the bank, an item a line: id, topic, difficulty, kind."""
    questions = [item.question for item in bank.items()]
    widest = max((len(question.id) for question in questions), default=0)
    return "\n".join(f"{each.id:{widest}}  {each.topic:4}  {each.difficulty:6}  {each.kind}" for each in questions)


def listing_json(bank: Bank) -> str:
    """Return the bank as a JSON list of what `listing` shows and where each item comes from."""
    items = [
        {
            "id": item.question.id,
            "topic": item.question.topic,
            "topic_name": bank.topic_name(item.question.topic),
            "difficulty": item.question.difficulty.value,
            "kind": item.question.kind.value,
            "verified": item.verify is not None,
            "pack": item.pack,
            "file": item.file,
            "line": item.line,
        }
        for item in bank.items()
    ]
    return json.dumps(items, ensure_ascii=False, indent=2)


def show(item: Item, seed: int) -> str:
    """Return an item as asked with this seed, then its key, remarks and solution."""
    question = shuffled(item.question, str(seed))
    asked = f"{question.topic}, {question.difficulty} ({BASE_POINTS[question.difficulty]} points), {question.kind}"
    parts = [
        f"{question.id}\n{asked}; {item.pack}, {item.file}:{item.line}",
        question.stem,
        *_extras(question),
        "\n".join(f"{letter}  {option.text}" for letter, option in zip(LETTERS, question.options, strict=False)),
        f"Hint: {question.hint}",
        f"Key: {question.letter(question.key.id)}  {question.key.text}",
        "\n".join(_remarks(question)),
        "\n".join(f"{place}. {step}" for place, step in enumerate(question.solution.steps, 1)),
        f"Answer: {question.solution.answer}\nQuick check: {question.solution.quick_check}",
        "Common mistakes:\n" + "\n".join(f"- {mistake}" for mistake in question.solution.mistakes),
        f"Source: {question.source or 'computed by its verify program'}",
    ]
    return "\n\n".join(parts)


def show_json(item: Item, seed: int) -> str:
    """Return an item as asked with this seed, with key, solution and remarks, for programs."""
    question = shuffled(item.question, str(seed))
    picture = None if question.picture is None else {"file": question.picture.file, "alt": question.picture.alt}
    data = {
        "id": question.id,
        "topic": question.topic,
        "difficulty": question.difficulty.value,
        "kind": question.kind.value,
        "stem": question.stem,
        "code": question.code,
        "picture": picture,
        "options": [_option(option) for option in question.options],
        "hint": question.hint,
        "steps": list(question.solution.steps),
        "answer": question.solution.answer,
        "quick_check": question.solution.quick_check,
        "mistakes": list(question.solution.mistakes),
        "source": question.source,
        "verify": item.verify,
        "pack": item.pack,
        "parameters": {},
        "seed": seed,
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _option(option: Option) -> dict[str, object]:
    return {
        "id": option.id,
        "text": option.text,
        "correct": option.correct,
        "misconception": option.misconception,
        "remark": option.remark,
    }


def _extras(question: Question) -> list[str]:
    extras = []
    if question.code is not None:
        extras.append(indent(question.code, "    "))
    if question.picture is not None:
        extras.append(f"[{question.picture.file}: {question.picture.alt}]")
    return extras


def _remarks(question: Question) -> list[str]:
    return [
        f"{letter}  {option.misconception}: {option.remark}"
        for letter, option in zip(LETTERS, question.options, strict=False)
        if not option.correct
    ]
