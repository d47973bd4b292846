"""All words of the assessment's sentence, one table a language, and nothing but words.

A further language is a further table with the same keys. `one` and `other` (and, where a language has
them, `zero`, `two`, `few`, `many`) are the plural categories of Unicode CLDR; braces name what is put in.
Statuses, states and kinds of speaker are named by their values in model.py.
"""

from __future__ import annotations

from types import MappingProxyType

ENGLISH = MappingProxyType(
    {
        "locale": "en",
        "day": "d MMMM y",  # the pattern of a day, as CLDR writes patterns
        "numbers": (
            *("no", "one", "two", "three", "four", "five", "six"),
            *("seven", "eight", "nine", "ten", "eleven", "twelve"),
        ),
        # The frame: {label}. {clauses joined}. {age}. {undated}.
        "label": "{actor}: {status}",
        "label with state": "{actor}: {status}, {state}",
        "label of nothing dated": "{actor}: no dated report",
        "between clauses": "; ",
        "sentence end": ".",
        "status": {
            "existing": "existing",
            "proposed": "proposed",
            "denied": "denied",
            "former": "former",
        },
        "state": {"contested": "contested", "superseded": "superseded", "lapsed": "lapsed"},
        # What the headline's origins say.
        "headline": {
            "existing": {
                "one": "{number} independent origin since {first} reports a presence",
                "other": "{number} independent origins since {first} report a presence",
            },
            "proposed": {
                "one": "{number} independent origin since {first} reports a plan",
                "other": "{number} independent origins since {first} report a plan",
            },
            "denied": {
                "one": "{number} independent origin since {first} denies a presence",
                "other": "{number} independent origins since {first} deny a presence",
            },
            "former": {
                "one": "{number} independent origin since {first} reports that a presence has ended",
                "other": "{number} independent origins since {first} report that a presence has ended",
            },
        },
        # What the other standings say beside the headline: by status, and by whether it is contested.
        "beside": {
            ("proposed", "current"): {
                "one": "{number} reports a further plan",
                "other": "{number} report a further plan",
            },
            ("proposed", "contested"): {
                "one": "{number} reports a further plan",
                "other": "{number} report a further plan",
            },
            ("proposed", "superseded"): {
                "other": "an older plan, last reported on {newest}, has since been reported as a presence",
            },
            ("proposed", "lapsed"): {
                "other": "a plan, last reported on {newest}, has lapsed for want of a new report",
            },
            ("denied", "current"): {
                "one": "{number} denies a presence",
                "other": "{number} deny a presence",
            },
            ("denied", "contested"): {"one": "{number} denies it", "other": "{number} deny it"},
            ("denied", "lapsed"): {
                "other": "a denial, last reported on {newest}, has lapsed for want of a new one",
            },
            ("former", "current"): {
                "one": "{number} reports that an earlier presence has ended",
                "other": "{number} report that an earlier presence has ended",
            },
            ("former", "contested"): {
                "one": "{number} reports that it has ended",
                "other": "{number} report that it has ended",
            },
            ("former", "superseded"): {
                "other": "an older report of its end, of {newest}, is superseded by newer ones",
            },
            ("existing", "superseded"): {
                "other": "an older presence, last reported on {newest}, is said to have ended",
            },
        },
        # Who says it. Nothing is added where only outlets speak, on their own account.
        "speakers": " ({speakers})",
        "first of several": "{number} of them {who}",
        "next of several": "{number} {who}",
        "between speakers": ", ",
        "alone": {
            "actor": {"one": "by the actor itself", "other": "by the actor itself"},
            "host": {"one": "the host country", "other": "by the host country"},
            "other_state": {"one": "another state", "other": "by other states"},
            "unnamed_official": {"one": "an unnamed official", "other": "by unnamed officials"},
            "analyst": {"one": "an analyst", "other": "by analysts"},
        },
        "among others": {
            "actor": {"one": "the actor itself", "other": "the actor itself"},
            "host": {"one": "the host country", "other": "the host country"},
            "other_state": {"one": "another state", "other": "other states"},
            "unnamed_official": {"one": "an unnamed official", "other": "unnamed officials"},
            "analyst": {"one": "an analyst", "other": "analysts"},
            "medium": {"one": "an outlet on its own account", "other": "outlets on their own account"},
        },
        # How old.
        "age": "Newest evidence {age}",
        "age, headline old": "Newest evidence {age}: no recent report",
        "age, only headline old": (
            "Newest evidence {age}; no recent report of {what}, the newest of these {headline_age}"
        ),
        "what": {
            "existing": "a presence",
            "proposed": "a plan",
            "denied": "a denial",
            "former": "an end",
        },
        "today": "less than a day old",
        "days": {"one": "{count} day old", "other": "{count} days old"},
        "months": {"one": "{count} month old", "other": "{count} months old"},
        "years": {"one": "{count} year old", "other": "{count} years old"},
        "undated": {
            "one": "{number} undated claim is listed and moves no status",
            "other": "{number} undated claims are listed and move no status",
        },
    }
)
