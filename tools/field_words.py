"""What the models do not say themselves: words for fields without a description, and examples no sample flow has."""

from pydantic import BaseModel
from pydantic.fields import FieldInfo

# By `Model.field`, else by `field`. A description in the model goes before these.
WORDS = {
    "Bot.target": "The program to key into.",
    "Capture.matching": "A regular expression; its first group, or else the whole match, is the value.",
    "Check.fields": "Target: true or false; a template may give it.",
    "Choice.choices": "Key: label. The key is what the flow gets.",
    "Dialog.answer": "`accept` or `dismiss`.",
    "Dialog.says": "A part of what the dialog must say, in any letter case.",
    "Dialog.text": "What to type into a prompt; in a desktop program, the button to press.",
    "Download.receipt": "The receipt field that gets the file's name.",
    "Fingerprint.name": "Its name attribute.",
    "Fingerprint.tag": "Its HTML tag, in small letters: input, select, a.",
    "Fingerprint.type": "Its type attribute, as the browser reports it: text, submit, checkbox.",
    "ForEach.over": "What to go through; `line` is all there is.",
    "Include.file": "The file: flows/FILE.yaml.",
    "Kid.kinds": "MOD10, MOD11 or both: what the payee's agreement allows. Then a KID that fits none is refused.",
    "MvaCode.codes": "The codes that the program knows.",
    "Open.url": "The address.",
    "Pause.message": "What to tell the person.",
    "Pause.until": "The target that shows when it is done.",
    "Popup.closes": "Whether the window closes by itself.",
    "Popup.opener": "The target to click.",
    "Press.key": "The key, as Playwright names it.",
    "Press.on": "The target to press it in; default: the window.",
    "ReceiptField.type": "A field type: what is captured must fit it.",
    "RejectIf.says": "A part of what it must say, in any letter case.",
    "RejectIf.shows": "The target.",
    "Selectors.app": "The application; the file's own name.",
    "Selectors.driver": "What moves the screen.",
    "Selectors.targets": "Target name: how to find it. Names are free; `screen.field` reads well.",
    "Target.is": "The fingerprint: what the element found must be.",
    "Text.multiline": "Whether line breaks are allowed.",
    "Text.pattern": "A regular expression that the whole text must fit.",
    "WaitFor.gone": "Wait until it no longer shows.",
    "checks": "Rules over the whole item.",
    "codes": "The values that are allowed.",
    "decimals": "How many decimals the amount may have.",
    "input": "The operator's table.",
    "max": "The largest value allowed.",
    "max_length": "The most characters allowed.",
    "min": "The smallest value allowed.",
    "min_length": "The fewest characters allowed.",
    "note": "What to tell the operator in place of the standard advice, where the type uses it.",
    "on": "The target.",
    "required": "Whether the cell must be filled. Where it is false, the column itself may be missing.",
    "steps": "The steps within.",
    "target": "The target.",
    "type": "The type's name.",
    "zero": "Whether 0 is allowed.",
}

EXAMPLES = {
    "press": "- press: F5\n- press: {key: Enter, on: list.search_field}",
    "wait_for": "- wait_for: page.saved\n- wait_for: page.spinner\n  gone: true\n  timeout: 60",
    "pause": "- pause: Approve the login with BankID\n  until: menu.home",
    "upload": '- upload: {invoice.attachment: "inbox/{{ item.attachment }}"}',
    "download": "- download: voucher.pdf\n  receipt: document",
}


def described(model: type[BaseModel], name: str, field: FieldInfo) -> str:
    """A field's description. Raises KeyError for one that nobody has described."""
    shown = field.alias or name
    return field.description or WORDS.get(f"{model.__name__}.{shown}") or WORDS[shown]
