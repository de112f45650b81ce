"""Fields as a flow's YAML writes them."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types import TYPE_NAMES, Amount, Choice, Field, FieldSpec, Kid, MvaCode, Text

SPEC: TypeAdapter[Field] = TypeAdapter(FieldSpec)
ITEM = TypeAdapter(dict[str, FieldSpec])


def test_an_item_of_short_and_long_forms() -> None:
    item = ITEM.validate_python(
        {
            "supplier": "text",
            "invoice_no": {"type": "text", "max_length": 30},
            "amount": {"type": "amount", "min": 0},
            "kid": {"type": "kid", "required": False, "kinds": ["MOD10"]},
            "vat": {"type": "mva_code", "codes": [1, 3]},
            "kind": {"type": "choice", "choices": {1: "Faktura"}},
        }
    )
    assert item["supplier"] == Text()
    assert item["invoice_no"] == Text(max_length=30)
    assert isinstance(item["amount"], Amount)
    assert item["kid"] == Kid(required=False, kinds=("MOD10",))
    assert item["vat"] == MvaCode(codes=("1", "3"))
    assert item["kind"] == Choice(choices={"1": "Faktura"})


@pytest.mark.parametrize("name", [name for name in TYPE_NAMES if name != "choice"])
def test_every_type_has_a_short_form_and_says_how_to_fill_an_empty_cell(name: str) -> None:
    field = SPEC.validate_python(name)
    for empty in (None, "", " \u00a0\n"):
        with pytest.raises(BadValue) as e:
            field.parse(empty)
        assert e.value.what == "is empty."
        assert e.value.instead.startswith("Write ")
    assert SPEC.validate_python({"type": name, "required": False}).parse(" ") is None


@pytest.mark.parametrize("name", TYPE_NAMES)
@pytest.mark.parametrize("cell", [True, "#REF!", float("nan")])
def test_no_type_takes_a_yes_no_cell_a_formula_error_or_nan(name: str, cell: Any) -> None:
    choices = {"choices": {"nan": "NaN", "true": "#REF!"}} if name == "choice" else {}
    with pytest.raises(BadValue):
        SPEC.validate_python({"type": name} | choices).parse(cell)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("amonut", "unknown type 'amonut'. Did you mean 'amount'?"),
        ({"type": "mvacode"}, "unknown type 'mvacode'. Did you mean 'mva_code'?"),
        ({"type": "zzz"}, "unknown type 'zzz'. Known: amount, choice, currency"),
        ({"type": ["text"]}, "unknown type '['text']'"),
        ({"max_length": 3}, "there is no type. Write one, for example {type: text}"),
        (None, "write a type, for example 'text'"),
    ],
)
def test_a_wrong_type_is_answered_with_the_right_one(spec: Any, message: str) -> None:
    with pytest.raises(ValidationError) as e:
        SPEC.validate_python(spec)
    assert message in e.value.errors()[0]["msg"]


def test_an_option_that_the_type_does_not_have_is_named() -> None:
    with pytest.raises(ValidationError) as e:
        SPEC.validate_python({"type": "text", "lenght": 3})
    assert e.value.errors()[0]["loc"] == ("text", "lenght")


def test_a_field_cannot_be_changed_after_loading() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Text().required = False  # type: ignore[misc]
