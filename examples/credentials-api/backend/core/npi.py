"""National Provider Identifiers: ten digits, of which the last one is a check digit."""

from typing import Annotated

from pydantic import AfterValidator


def check_npi(value: str) -> str:
    """Returns the NPI. Raises `ValueError` unless its check digit is right (Luhn's, after the prefix 80840)."""
    if len(value) != 10 or not value.isdecimal():
        raise ValueError("An NPI has ten digits")
    digits = [int(digit) for digit in f"80840{value}"]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    if (sum(digits[-1::-2]) + sum(doubled)) % 10:
        raise ValueError("The check digit of the NPI is wrong")
    return value


Npi = Annotated[str, AfterValidator(check_npi)]
