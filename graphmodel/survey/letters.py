"""Draft letters to councils, from a template that the user can change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from graphmodel.errors import GraphmodelError
from graphmodel.names import slug
from graphmodel.survey.response import FollowUp, both_names

TEMPLATE = "letter.txt"
_KNOWN = "wave, today, made, council, answered, missing, findings, claims, waiting"
_EMPTY_LINES = re.compile(r"\n{3,}")


def letter_template(path: Path | None = None) -> Template:
    """Read the template of a letter.

    Parameters
    ----------
    path : Path, optional
        A user's own, in Jinja; by default the one that comes with the program.

    Returns
    -------
    jinja2.Template

    Raises
    ------
    GraphmodelError
        If it cannot be read, or is no template; the message names the line.

    Examples
    --------
    >>> "Dear colleague" in letter_template().render(wave="2020", council="Angus Council")
    Traceback (most recent call last):
    ...
    jinja2.exceptions.UndefinedError: 'made' is undefined
    """
    name = str(path) if path else TEMPLATE
    # A template may come from somebody else: it must not reach beyond what it is given.
    environment = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)
    try:
        if path is None:
            text = resources.files("graphmodel.survey").joinpath(TEMPLATE).read_text("utf-8")
        else:
            text = path.read_text(encoding="utf-8")
        return environment.from_string(text)
    except OSError as error:
        raise GraphmodelError(f"{name} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise GraphmodelError(f"{name}: found bytes that are no UTF-8 text. Save it so.") from error
    except TemplateSyntaxError as error:
        raise GraphmodelError(f"{name}, line {error.lineno}: {error.message}.") from error


def letter(
    template: Template,
    follow_up: FollowUp,
    *,
    wave: str,
    councils: Mapping[str, str],
    today: date,
    services: Mapping[str, str] = MappingProxyType({}),
    made: bool = False,
) -> str:
    """Write to one council.

    Parameters
    ----------
    template : jinja2.Template
        As from `letter_template`.
    follow_up : FollowUp
        What is to be asked of it.
    wave : str
        Of the survey.
    councils : mapping of str to str
        What they are called, by id.
    today : date
        Of the letter.
    services : mapping of str to str
        What we call activities, by id.
    made : bool
        Whether the survey was made for a trial.

    Returns
    -------
    str

    Raises
    ------
    GraphmodelError
        If the template asks for what there is not.

    Examples
    --------
    >>> asked = FollowUp("GB-LAS-ANS", answered=False)
    >>> text = letter(
    ...     letter_template(),
    ...     asked,
    ...     wave="2020",
    ...     councils={"GB-LAS-ANS": "Angus Council"},
    ...     today=date(2020, 3, 1),
    ... )
    >>> text.splitlines()[:2]
    ['To: Angus Council', 'Date: 1 March 2020']
    """
    values: dict[str, Any] = {
        "wave": wave,
        "today": f"{today.day} {today:%B %Y}",
        "made": made,
        "council": councils.get(follow_up.council, follow_up.council),
        "answered": follow_up.answered,
        "missing": [
            replace(one, name=both_names(one.name, one.id, services))
            for one in follow_up.missing
            if not one.waits
        ],
        "waiting": follow_up.waiting,
        "findings": follow_up.findings,
        "claims": [
            {
                "activity": both_names(claim.name, claim.id, services),
                "councils": [councils.get(one, one) for one in claim.by],
            }
            for claim in follow_up.claims
        ],
    }
    try:
        return _EMPTY_LINES.sub("\n\n", template.render(values))
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise GraphmodelError(
            f"The template cannot be filled in: {error}. It may use {_KNOWN}."
        ) from error


def write_letters(
    folder: Path,
    follow_ups: Iterable[FollowUp],
    template: Template,
    *,
    wave: str,
    councils: Mapping[str, str],
    today: date,
    services: Mapping[str, str] = MappingProxyType({}),
    made: bool = False,
) -> list[Path]:
    """Write a letter to each council of which something is to be asked.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    follow_ups : iterable of FollowUp
    template : jinja2.Template
        As from `letter_template`.
    wave, councils, today, services, made
        As for `letter`.

    Returns
    -------
    list of Path
        The files, named after the councils.

    Raises
    ------
    GraphmodelError
        If a file cannot be written, or is there already with another text: somebody may have
        worked on it.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> asked = [FollowUp("GB-LAS-ANS", answered=False), FollowUp("GB-LAS-FIF", answered=True)]
    >>> paths = write_letters(
    ...     Path(mkdtemp()),
    ...     asked,
    ...     letter_template(),
    ...     wave="2020",
    ...     councils={"GB-LAS-ANS": "Angus Council"},
    ...     today=date(2020, 3, 1),
    ... )
    >>> [path.name for path in paths]
    ['letter-2020-angus.txt']
    """
    texts = {
        folder / f"letter-{wave}-{slug(councils.get(one.council, one.council))}.txt": letter(
            template, one, wave=wave, councils=councils, today=today, services=services, made=made
        )
        for one in follow_ups
        if one.needed
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        worked_on = [
            path.name
            for path, text in texts.items()
            if path.exists() and path.read_bytes() != text.encode()
        ]
        if worked_on:
            raise GraphmodelError(
                f"{folder}: {len(worked_on)} letters are there already with another text "
                f"({worked_on[0]} …). Nothing was written. Move them, or give another folder."
            )
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise GraphmodelError(f"{folder} cannot be written: {error.strerror}") from error
    return list(texts)
