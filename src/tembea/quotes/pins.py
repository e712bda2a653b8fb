"""What a version pins of each option, so that it can be priced again: contract version, request, policy, rates, hash.

A pin and the contract that it names are all that the kernel needs. `price_sha256` vouches for every byte that came out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from pydantic import TypeAdapter

from tembea.pricing import ENGINE_VERSION, FxApplied, PricingRequest, SellPolicy, sha256_of
from tembea.rates import PricedHotel

_REQUEST = TypeAdapter(PricingRequest)
_POLICY = TypeAdapter(SellPolicy)
_FX = TypeAdapter(FxApplied | None)


@dataclass(frozen=True, slots=True)
class Pin:
    """One option's pinned inputs, and what they gave."""

    contract_id: UUID
    engine_version: str
    request: PricingRequest
    policy: SellPolicy
    price_sha256: str


def pin(one: PricedHotel) -> dict[str, object]:
    """The option's pin as plain values."""
    return {
        "contract_id": str(one.live.contract_id),
        "version": one.live.version,
        "digest": one.priced.contract_digest,
        "price_hash": one.priced.hash,
        "offers_applied": list(one.priced.offers_applied),
        "engine_version": ENGINE_VERSION,
        "request": _REQUEST.dump_python(one.request, mode="json"),
        "policy": _POLICY.dump_python(one.policy, mode="json"),
        "fx": _FX.dump_python(one.priced.fx, mode="json"),
        "price_sha256": sha256_of(one.priced),
    }


def find_pin(pinned: Mapping[str, object]) -> Pin | None:
    """The pin of stored values; None for a version that was made before prices were pinned."""
    if "price_sha256" not in pinned:
        return None
    return Pin(
        contract_id=UUID(str(pinned["contract_id"])),
        engine_version=str(pinned["engine_version"]),
        request=_REQUEST.validate_python(pinned["request"]),
        policy=_POLICY.validate_python(pinned["policy"]),
        price_sha256=str(pinned["price_sha256"]),
    )


def find_fx(pinned: Mapping[str, object]) -> FxApplied | None:
    """The exchange rate that an option's price used, None where it used none."""
    return _FX.validate_python(pinned.get("fx"))


def pinned_options(snapshot: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    """The snapshot's entries, one an option in their order."""
    return cast("Sequence[Mapping[str, object]]", snapshot.get("contracts", ()))
