"""Currency codes."""

from typing import Literal

from bilagsbot.model.errors import BadValue, suggest
from bilagsbot.model.types.base import Field
from bilagsbot.model.types.cells import CellValue, as_text, shown

# ISO 4217 list one, without funds, metals and test codes: money that an invoice can be made out in.
# Without the codes that ended: HRK (2023), SLL and ZWL (2024), ANG (2025), BGN (2026).
_ACTIVE = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL
    MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR
    RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD
    TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
ACTIVE = frozenset(_ACTIVE.split())

_ENDED = {"HRK": "EUR", "BGN": "EUR", "SLL": "SLE", "ZWL": "ZWG", "ANG": "XCG"}
_EVERYDAY = {"KR": "NOK", "KR.": "NOK", "€": "EUR", "EURO": "EUR", "$": "USD", "£": "GBP"}


class Currency(Field):
    """An active ISO 4217 code, in capitals; `codes` replaces the list, for an office that uses only a few."""

    type: Literal["currency"] = "currency"
    codes: tuple[str, ...] = ()

    advice = "Write a currency code, for example NOK."

    def read(self, cell: CellValue) -> str:
        code = as_text(cell).upper()
        known = self.codes or ACTIVE
        if code in known:
            return code
        meant = _EVERYDAY.get(code) or _ENDED.get(code)
        if meant in known:
            why = "is no longer a currency" if code in _ENDED else "is not a currency code"
            raise BadValue(f"{shown(cell)} {why}.", f"Write {meant}.")
        # Of 150 codes the first twenty would help nobody, so the whole list is shown only where it is short.
        near = suggest(code, known)
        instead = near if near.startswith("Did") or len(known) <= 20 else self.advice
        raise BadValue(f"{shown(cell)} is not a currency code known here.", instead)
