"""The words in which a flow is told, in bokmål and English: a Jinja template a verb, a line a sentence.

`thing` says a target, `value` what is keyed or compared, `holds` a condition.
"""

from typing import Final

from bilagsbot.sinks.words import Language

SENTENCES: Final[dict[str, dict[Language, str]]] = {
    "open": {"nb": "Åpne {{ url | value }}.", "en": "Open {{ url | value }}."},
    "click": {
        "nb": "Klikk {{ on | thing }}{% if until %}, om igjen til {{ until | thing }} vises{% endif %}.",
        "en": "Click {{ on | thing }}{% if until %}, again until {{ until | thing }} shows{% endif %}.",
    },
    "fill": {
        "nb": "{% for on, text in fields.items() %}Skriv {{ text | value }} i {{ on | thing }}.\n{% endfor %}",
        "en": "{% for on, text in fields.items() %}Type {{ text | value }} into {{ on | thing }}.\n{% endfor %}",
    },
    "choose": {
        "nb": "{% for on, text in fields.items() %}Velg {{ text | value }} i {{ on | thing }}.\n{% endfor %}",
        "en": "{% for on, text in fields.items() %}Choose {{ text | value }} in {{ on | thing }}.\n{% endfor %}",
    },
    "check": {
        "nb": "{% for on, how in fields.items() %}{% if how is true %}Kryss av {{ on | thing }}"
        "{% elif how is false %}Fjern krysset i {{ on | thing }}{% else %}Sett krysset i {{ on | thing }} til "
        "{{ how | value }}{% endif %}.\n{% endfor %}",
        "en": "{% for on, how in fields.items() %}{% if how is true %}Tick {{ on | thing }}"
        "{% elif how is false %}Clear {{ on | thing }}{% else %}Set the tick in {{ on | thing }} to "
        "{{ how | value }}{% endif %}.\n{% endfor %}",
    },
    "press": {
        "nb": "Trykk {{ key }}{% if on %} i {{ on | thing }}{% endif %}.",
        "en": "Press {{ key }}{% if on %} in {{ on | thing }}{% endif %}.",
    },
    "upload": {
        "nb": "{% for on, file in fields.items() %}Legg filen {{ file | value }} i {{ on | thing }}.\n{% endfor %}",
        "en": "{% for on, file in fields.items() %}Put the file {{ file | value }} into "
        "{{ on | thing }}.\n{% endfor %}",
    },
    "download": {
        "nb": "Klikk {{ on | thing }} og ta vare på filen som lastes ned{% if receipt %}, som {{ receipt }} i "
        "kvitteringen{% endif %}.",
        "en": "Click {{ on | thing }} and keep the file that is downloaded{% if receipt %}, as the receipt's "
        "{{ receipt }}{% endif %}.",
    },
    "dialog": {
        "nb": "Svar {{ 'ja' if answer == 'accept' else 'nei' }} på det neste spørsmålet{% if says %}, som må si "
        "{{ says | value }}{% endif %}{% if text %}, med {{ text | value }}{% endif %}.",
        "en": "Answer the next question with {{ 'yes' if answer == 'accept' else 'no' }}{% if says %}; it must say "
        "{{ says | value }}{% endif %}{% if text %}; write {{ text | value }}{% endif %}.",
    },
    "pause": {
        "nb": "Vent på et menneske: {{ message | value }}{% if until %}. Gå videre når {{ until | thing }} vises"
        "{% endif %}.",
        "en": "Wait for a person: {{ message | value }}{% if until %}. Go on when {{ until | thing }} shows"
        "{% endif %}.",
    },
    "wait_for": {
        "nb": "Vent til {{ target | thing }} {{ 'er borte' if gone else 'vises' }}.",
        "en": "Wait until {{ target | thing }} {{ 'is gone' if gone else 'shows' }}.",
    },
    "expect": {
        "nb": "{% for on, text in fields.items() %}Se etter at {{ on | thing }} viser {{ text | value }}; ellers stopp "
        "bilaget.\n{% endfor %}",
        "en": "{% for on, text in fields.items() %}Check that {{ on | thing }} shows {{ text | value }}; else stop the "
        "item.\n{% endfor %}",
    },
    "reject_if": {
        "nb": "Avvis bilaget med programmets egne ord hvis {{ shows | thing }} vises{% if says %} og sier "
        "{{ says | value }}{% endif %}.",
        "en": "Reject the item with the program's own words if {{ shows | thing }} shows{% if says %} and says "
        "{{ says | value }}{% endif %}.",
    },
    "submit": {
        "nb": "BOKFØR: les tilbake alt som er skrevet, og klikk {{ on | thing }} én gang.",
        "en": "POST: read back all that was typed, and click {{ on | thing }} once.",
    },
    "capture": {
        "nb": "{% for field, on in fields.items() %}Kvittering: {{ field }} leses fra {{ on | thing }}"
        "{% if matching %}, der den passer til {{ matching | value }}{% endif %}.\n{% endfor %}",
        "en": "{% for field, on in fields.items() %}Receipt: {{ field }} is read from {{ on | thing }}"
        "{% if matching %}, where it fits {{ matching | value }}{% endif %}.\n{% endfor %}",
    },
    "find_row": {
        "nb": "Finn den ene raden i {{ table | thing }} der {% for column, text in where.items() %}{{ column }} er "
        "{{ text | value }}{{ ' og ' if not loop.last }}{% endfor %}{% if next %}; bla videre med {{ next | thing }}"
        "{% endif %}.\n{% for field, column in receipt.items() %}Kvittering: {{ field }} er radens {{ column }}.\n"
        "{% endfor %}{% if click %}Klikk i radens kolonne {{ click }}.{% endif %}",
        "en": "Find the one row of {{ table | thing }} where {% for column, text in where.items() %}{{ column }} is "
        "{{ text | value }}{{ ' and ' if not loop.last }}{% endfor %}{% if next %}; turn its pages by "
        "{{ next | thing }}{% endif %}.\n{% for field, column in receipt.items() %}Receipt: {{ field }} is the row's "
        "{{ column }}.\n{% endfor %}{% if click %}Click in the row's column {{ click }}.{% endif %}",
    },
    "popup": {
        "nb": "Klikk {{ opener | thing }}. I vinduet som åpnes{{ '' if closes else ', og som så lukkes' }}:",
        "en": "Click {{ opener | thing }}. In the window that opens{{ '' if closes else ', and is closed then' }}:",
    },
    "for_each": {"nb": "For hver linje:", "en": "For each line:"},
    "include": {"nb": "Stegene i flows/{{ file }}.yaml:", "en": "The steps of flows/{{ file }}.yaml:"},
    "script": {
        "nb": "En Python-funksjon gjør resten; les flows/{{ flow }}.py.",
        "en": "A Python function does the rest; read flows/{{ flow }}.py.",
    },
}
HEADINGS: Final[dict[str, dict[Language, str]]] = {
    "start": {"nb": "Når programmet er startet", "en": "When the program has been started"},
    "steps": {"nb": "For hvert bilag", "en": "For each item"},
    "lookup": {
        "nb": "Slik spørres programmet om det har bilaget",
        "en": "How the program is asked whether it holds the item",
    },
}
WORDS: Final[dict[str, dict[Language, str]]] = {
    "key": {"nb": "Bokføres bare én gang for samme {}.", "en": "Posted once only for the same {}."},
    "receipt": {"nb": "Kvitteringen er {}.", "en": "The receipt is {}."},
    "and": {"nb": "og", "en": "and"},
    "quoted": {"nb": "«{}»", "en": "“{}”"},
    "column": {"nb": "kolonnen {}", "en": "the column {}"},
    "line_column": {"nb": "linjens {}", "en": "the line's {}"},
    "as": {"nb": "{} ({})", "en": "{} ({})"},
    "minus": {"nb": "minus {}", "en": "minus {}"},
    "written": {"nb": "{} ({})", "en": "{} ({})"},
    "nothing": {"nb": "ingenting", "en": "nothing"},
    "username": {"nb": "brukernavnet", "en": "the user name"},
    "password": {"nb": "passordet", "en": "the password"},
    "when": {"nb": "Hvis {}: {}", "en": "If {}: {}"},
    "filled": {"nb": "{} er fylt ut", "en": "{} is filled in"},
    "shows": {"nb": "{} vises", "en": "{} shows"},
    "shows_not": {"nb": "{} ikke vises", "en": "{} does not show"},
}
