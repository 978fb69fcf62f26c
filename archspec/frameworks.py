"""What rules refer to, as data: which framework a reference belongs to, which control it is, and where to read of it.

A reference is written in one way for each framework, and that is how it is told: `RDS.5`, `CIS 5.2`, `AC-4(21)`,
`rel_fault_isolation_multiaz_region_system`, `ENI_SG_RULES_MISMATCH`, or the address of a page.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_AWS = "https://docs.aws.amazon.com"
_SECURITY_HUB = f"{_AWS}/securityhub/latest/userguide"


class Framework(NamedTuple):
    """What has controls: how it is asked for, its name, and how a reference to it is written."""

    key: str
    title: str
    written: str

    def holds(self, reference: str) -> bool:
        """Whether a reference is written as those to this framework are."""
        return re.fullmatch(self.written, reference) is not None


FRAMEWORKS: tuple[Framework, ...] = (
    Framework("fsbp", "AWS Security Hub: Foundational Security Best Practices", r"[A-Z][A-Za-z0-9]+\.[1-9]\d*"),
    Framework("cis", "CIS AWS Foundations Benchmark v3.0.0", r"CIS [1-9]\d*(?:\.[1-9]\d*)*"),
    Framework("wa", "AWS Well-Architected Framework", r"(?:ops|sec|rel|perf|cost|sus)(?:_[a-z0-9]+)+"),
    Framework("nist", "NIST SP 800-53 Revision 5", r"[A-Z]{2}-[1-9]\d*(?:\([1-9]\d*\))*"),
)
"""The frameworks of which `archspec rules --coverage` tells how a system stands."""

CODES = Framework("codes", "Reachability Analyzer explanation codes", r"[A-Z0-9]+(?:_[A-Z0-9]+)+")
PAGES = Framework("pages", "Pages", r"https://\S+")
OTHERS = Framework("others", "Others", r".+")
"""What else rules refer to: an organisation's own controls, in its own packs."""

_PILLARS = {
    "ops": "operational-excellence-pillar",
    "sec": "security-pillar",
    "rel": "reliability-pillar",
    "perf": "performance-efficiency-pillar",
    "cost": "cost-optimization-pillar",
    "sus": "sustainability-pillar",
}

BEST_PRACTICES = frozenset({
    "cost_decomissioning_resources_implement_process",  # AWS spells it so
    "cost_govern_usage_goal_target", "cost_monitor_usage_define_attribution", "cost_pricing_model_analysis",
    "ops_dev_integ_multi_env", "ops_ops_model_def_resource_owners",
    "rel_adapt_to_changes_autoscale_adapt",
    "rel_backing_up_data_automated_backups_data", "rel_backing_up_data_identified_backups_data",
    "rel_backing_up_data_periodic_recovery_testing_data", "rel_backing_up_data_secured_backups_data",
    "rel_fault_isolation_multiaz_region_system", "rel_fault_isolation_use_bulkhead",
    "rel_manage_service_limits_aware_fixed_limits", "rel_manage_service_limits_suff_buffer_limits",
    "rel_mitigate_interaction_failure_client_timeouts", "rel_mitigate_interaction_failure_fail_fast",
    "rel_mitigate_interaction_failure_graceful_degradation", "rel_mitigate_interaction_failure_throttle_requests",
    "rel_monitor_aws_resources_monitor_resources", "rel_monitor_aws_resources_notification_monitor",
    "rel_planning_for_recovery_auto_recovery", "rel_planning_for_recovery_config_drift",
    "rel_planning_for_recovery_disaster_recovery", "rel_planning_for_recovery_dr_tested",
    "rel_planning_for_recovery_objective_defined_recovery",
    "rel_planning_network_topology_ha_conn_users", "rel_planning_network_topology_ip_subnet_allocation",
    "rel_planning_network_topology_non_overlap_ip",
    "rel_prevent_interaction_failure_loosely_coupled_system",
    "rel_tracking_change_management_automated_changemgmt",
    "rel_withstand_component_failures_auto_healing_system", "rel_withstand_component_failures_avoid_control_plane",
    "rel_withstand_component_failures_failover2good", "rel_withstand_component_failures_monitoring_health",
    "rel_withstand_component_failures_service_level_agreements",
    "rel_withstand_component_failures_static_stability",
    "sec_data_classification_define_protection", "sec_data_classification_identify_data",
    "sec_detect_investigate_events_analyze_all", "sec_detect_investigate_events_app_service_logging",
    "sec_identities_secrets", "sec_identities_unique",
    "sec_network_protection_auto_protect", "sec_network_protection_create_layers",
    "sec_network_protection_inspection", "sec_network_protection_layered",
    "sec_permissions_analyze_cross_account", "sec_permissions_continuous_reduction",
    "sec_permissions_least_privileges", "sec_permissions_share_securely",
    "sec_protect_data_rest_encrypt", "sec_protect_data_rest_key_mgmt",
    "sec_protect_data_transit_encrypt", "sec_protect_data_transit_key_cert_mgmt",
    "sec_securely_operate_control_objectives", "sec_securely_operate_multi_accounts",
})  # fmt: skip
"""The best practices that our rules may name, by the name of their page: numbers move between editions."""


def framework_of(reference: str) -> Framework:
    """Return what a reference belongs to."""
    return next((one for one in (*FRAMEWORKS, CODES, PAGES) if one.holds(reference)), OTHERS)


def address(reference: str) -> str:
    """Return the https address of a page that describes what is referred to, or nothing where none is known."""
    key = framework_of(reference).key
    if key == "fsbp":
        service, _, number = reference.lower().partition(".")
        return f"{_SECURITY_HUB}/{service}-controls.html#{service}-{number}"
    if key == "wa":
        pillar = _PILLARS[reference.partition("_")[0]]
        return f"{_AWS}/wellarchitected/latest/{pillar}/{reference}.html"
    return reference if key == "pages" else _ADDRESSES.get(key, "")


_ADDRESSES = {
    "cis": f"{_SECURITY_HUB}/cis-aws-foundations-benchmark.html",
    "nist": f"{_SECURITY_HUB}/standards-reference-nist-800-53.html",
    "codes": f"{_AWS}/vpc/latest/reachability/explanation-codes.html",
}


@lru_cache(maxsize=1024)
def shown(references: tuple[str, ...]) -> str:
    """Return the one address that a finding shows: of the first page or best practice, else of the first control."""
    best = [one for one in references if framework_of(one).key in ("pages", "wa")]
    return next((place for one in (*best, *references) if (place := address(one))), "")


def order(control: str) -> tuple[tuple[int, int, str], ...]:
    """Return what controls are sorted by: numbers in them count as numbers, `RDS.5` stands before `RDS.15`."""
    return tuple((1, int(part), "") if part.isdigit() else (0, 0, part) for part in re.findall(r"\d+|\D+", control))
