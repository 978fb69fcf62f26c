"""What the sections with a layout of their own print, whole, on small samples."""

from collections.abc import Callable

from archspec import api
from archspec.documents import markdown
from archspec.model.document import SectionName

Load = Callable[[str], api.System]

NETWORK = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
"""


def shown(system: Load, text: str, section: SectionName) -> str:
    """Return what one section of a document with nothing else in it prints; its tables are not lined up."""
    loaded = system(text + f"document: {{sections: [{{section: {section}}}]}}\n")
    return markdown.part(markdown.page(loaded.graph, api.check(loaded)), section)


def written(system: Load, text: str) -> str:
    """Return a document from its first section on."""
    loaded = system(text)
    return "## " + markdown.render(loaded.graph, api.check(loaded), "").split("\n## ", 2)[2]


CLAIMS = """\
claims:
  - {says: one, assert: 1 == 1}
  - {says: two, topic: Size, assert: 1 == 2, about: internet}
  - {says: three, topic: Looks}
"""


def test_claims_without_a_topic_come_first_then_each_topic_with_a_heading(system: Load) -> None:
    assert shown(system, CLAIMS, "claims") == (
        "Sentences about the architecture, each checked against it.\n\n"
        "| Claim | True? | Checked by |\n| --- | --- | --- |\n"
        "| one | ✓ true | `1 == 1` |\n\n"
        "### Size\n\n"
        "| Claim | About | True? | Checked by |\n| --- | --- | --- | --- |\n"
        "| two | Internet | **✗ false** DOC012 | `1 == 2` |\n\n"
        "### Looks\n\n"
        "| Claim | True? |\n| --- | --- |\n"
        "| three | not checked |"
    )


def test_a_topic_that_another_section_shows_is_left_out_of_the_claims(system: Load) -> None:
    sections = "document: {sections: [{title: Big, claims: Size}, {section: claims}]}\n"
    assert written(system, CLAIMS + sections) == (
        "## Big\n\n"
        "| Claim | About    | True?              | Checked by |\n"
        "| ----- | -------- | ------------------ | ---------- |\n"
        "| two   | Internet | **✗ false** DOC012 | `1 == 2`   |\n\n"
        "## Claims\n\n"
        "Sentences about the architecture, each checked against it.\n\n"
        "| Claim | True?  | Checked by |\n"
        "| ----- | ------ | ---------- |\n"
        "| one   | ✓ true | `1 == 1`   |\n\n"
        "### Looks\n\n"
        "| Claim | True?       |\n"
        "| ----- | ----------- |\n"
        "| three | not checked |\n"
    )


def test_smaller_sections_stand_under_headings_after_what_archspec_shows(system: Load) -> None:
    text = (
        "variables: {env: {value: beta}}\n"
        "document:\n  sections:\n"
        "    - section: variables\n      text: First.\n      sections:\n"
        '        - {title: How, text: So., code: {language: bash, text: "make\\n\\n\\n\\n# all\\n"}}\n'
        "        - {title: Who, items: [we, you], steps: [go], claims: Size}\n"
        "claims: [{says: two, topic: Size}]\n"
    )
    assert written(system, text) == (
        "## Variables\n\nFirst.\n\n"
        "| Variable | Value  |\n| -------- | ------ |\n| `{env}`  | `beta` |\n\n"
        "### How\n\nSo.\n\n```bash\nmake\n\n\n\n# all\n```\n\n"
        "### Who\n\n- we\n- you\n\n1. go\n\n"
        "| Claim | True?       |\n| ----- | ----------- |\n| two   | not checked |\n"
    )


def test_smaller_sections_stand_after_headings_of_archspecs_own(system: Load) -> None:
    text = (
        "operations: {decisions: [{decides: so}]}\n"
        "document: {sections: [{section: operations, sections: [{title: Who, text: We.}]}]}\n"
    )
    assert written(system, text) == "## Operations\n\n### Decisions\n\n- **so**\n\n### Who\n\nWe.\n"


def test_claims_stand_last_in_a_ready_section_under_a_heading_of_their_own(system: Load) -> None:
    text = (
        "variables: {env: {value: beta}}\n"
        "document: {sections: [{section: variables, claims: Size, sections: [{title: Who, text: We.}]}]}\n"
        "claims: [{says: two, topic: Size}]\n"
    )
    assert written(system, text) == (
        "## Variables\n\n"
        "| Variable | Value  |\n| -------- | ------ |\n| `{env}`  | `beta` |\n\n"
        "### Who\n\nWe.\n\n"
        "### What is claimed\n\n"
        "| Claim | True?       |\n| ----- | ----------- |\n| two   | not checked |\n"
    )


def test_a_false_claim_has_its_reason_in_its_row_and_in_its_finding(system: Load) -> None:
    text = "claims: [{says: One is two, because: of old, assert: 1 == 2}]\n"
    assert shown(system, text, "claims") == (
        "Sentences about the architecture, each checked against it.\n\n"
        "| Claim | True? | Because | Checked by |\n| --- | --- | --- | --- |\n"
        "| One is two | **✗ false** DOC012 | of old | `1 == 2` |"
    )
    assert "| it is not so: of old | – |" in shown(system, text, "findings")


def test_nothing_in_code_ends_its_fence_or_becomes_a_heading(system: Load) -> None:
    text = 'document: {sections: [{title: Run, code: {text: "```\\n## out\\n| a | b |\\n````\\n"}}]}\n'
    loaded = system(text)
    assert markdown.render(loaded.graph, api.check(loaded), "").split("\n\n", 2)[2] == (
        "## Contents\n\n[Run](#run)\n\n## Run\n\n`````\n```\n## out\n| a | b |\n````\n`````\n"
    )


def test_an_element_named_like_a_journey_keeps_a_place_of_its_own(system: Load) -> None:
    text = written(system, NETWORK + "journeys: [{title: Main, steps: [a looks at b]}]\n")
    assert '<a id="main-element"></a>main' in text


COSTS = """\
cost:
  lines:
    - {resource: vCPU, group: compute, configuration: 0.25 vCPU, quantity: 730 hrs × 2 tasks, unit_price: $0.01/hr,
       amount: $14.60, daily: $0.50}
    - {resource: Memory, group: compute, amount: $5.40, daily: $0.20}
    - {resource: RDS, amount: $60, daily: $2, note: big}
  groups: [{name: compute, title: Compute, subtotal: $21, share: 26%}]
  total: $80
"""


def test_costs_stand_by_group_with_what_they_add_up_to(system: Load) -> None:
    assert shown(system, COSTS, "costs") == (
        "| Resource | Configuration | Quantity × price × hours | A day | A month | Share | Note |\n"
        "| --- | --- | --- | ---: | ---: | ---: | --- |\n"
        "| **Compute** ⚠ CST001 |   |   |   | **$21 ($20†)** | **26% (25%†)** |   |\n"
        "| vCPU | 0.25 vCPU | 730 hrs × 2 tasks × $0.01/hr | $0.50 | $14.60 | 18.3%† | – |\n"
        "| Memory ⚠ CST009 | – | – | $0.20 | $5.40 | 6.8%† | – |\n"
        "| **In no group** |   |   |   | **$60†** | **75%†** |   |\n"
        "| RDS | – | – | $2 | $60 | 75%† | big |\n"
        "| **Total** |   |   | **$2.70†** | **$80** |   |   |\n\n"
        "They add up to $80† a month, which agrees with the stated total, $80.\n\n"
        "```text\n"
        "Compute   25 %  ██████████\n"
        "RDS       75 %  ██████████████████████████████\n"
        "```"
    )


def test_costs_of_groups_alone_are_shown_as_well(system: Load) -> None:
    assert shown(system, "cost: {groups: [{name: a, subtotal: $5}, {name: b, subtotal: $15}]}\n", "costs") == (
        "| Resource | A month | Share |\n| --- | ---: | ---: |\n"
        "| **a** | **$5** | **25%†** |\n"
        "| **b** | **$15** | **75%†** |\n"
        "| **Total** | ***not stated*** |   |\n\n"
        "They add up to $20† a month; no total is stated."
    )


def test_a_total_alone_is_a_sentence(system: Load) -> None:
    assert shown(system, "cost: {total: ~$5}\n", "costs") == "The stated total is ~$5 a month; no lines are stated."


def test_costs_by_environment_and_period(system: Load) -> None:
    text = (
        "cost:\n  environments:\n"
        "    - {environment: Dev, lines: [{resource: ECS, configuration: 1 task, amount: $9}, {resource: "
        "RDS, amount: $40}],\n"
        "       total: $50, note: nights off}\n"
        "    - {environment: Prod, total: $100}\n"
        "  periods: [{period: May, amount: $80}, {period: June, amount: $70-90, scenario: as today}]\n"
    )
    assert shown(system, text, "costs") == (
        "### Costs by environment\n\n"
        "| Environment | Resource | Configuration | A month | Note |\n| --- | --- | --- | ---: | --- |\n"
        "| Dev | ECS | 1 task | $9 | – |\n"
        "| Dev | RDS | – | $40 | – |\n"
        "| **Dev** ⚠ CST001 | **Total** |   | **$50 ($49†)** | nights off |\n"
        "| **Prod** | **Total** |   | **$100** | – |\n\n"
        "### Costs by period\n\n"
        "| Period | Scenario | Amount |\n| --- | --- | ---: |\n"
        "| May | – | $80 |\n"
        "| June | as today | $70-90 |"
    )


def test_savings_by_horizon_with_their_sums(system: Load) -> None:
    text = (
        "cost:\n  savings:\n"
        "    - {does: Spot, horizon: Soon, before: $18, after: $10.80, saves: $7.20, share: 40%, status: Planned}\n"
        "    - {does: Reserve, horizon: Later, before: $100, after: $70-80}\n"
        "    - {does: Less, horizon: Soon, before: $10, after: $5, share: 40%}\n"
        "  saving_totals: [{horizon: Soon, monthly: $12.20, yearly: $140}, {horizon: All, monthly: $40}]\n"
    )
    assert shown(system, text, "costs") == (
        "### Savings\n\n"
        "| Saving | When | Before | After | Saves a month | Share | Status |\n"
        "| --- | --- | ---: | ---: | ---: | ---: | --- |\n"
        "| Spot | Soon | $18 | $10.80 | $7.20 | 40% | Planned |\n"
        "| Less ⚠ CST009 | Soon | $10 | $5 | $5† | 40% (50%†) | – |\n"
        "| Reserve | Later | $100 | $70-80 | $20-30† | 25%† | – |\n\n"
        "| Savings | A month | A year |\n| --- | ---: | ---: |\n"
        "| Soon ⚠ CST009 | $12.20 | $140 ($146.40†) |\n"
        "| Later | $20-30† | $240-360† |\n"
        "| All | $40 ($32.20-42.20†) | $480† |"
    )


RECOVERY = """\
recovery:
  objectives: {rto: 15 minutes}
  targets: [{component: RDS, rto: 10 minutes, rpo: 1 day, note: snapshots}]
  strategy: backup and restore
  region: us-west-2
  region_holds: [{what: images, holds: [api, web]}]
  steps:
    - {does: decide, takes: 1 minute}
    - {does: restore RDS, takes: 10 minutes, group: stores}
    - {does: restore the rest, takes: 5-12 minutes, group: stores, note: slow}
    - {does: look}
  total: 13 minutes
  copies: [{what: code, method: git, every: push, retention: for ever, status: planned}]
  drills: [{every: quarter, title: Full, does: [restore, look]}]
"""


def test_a_recovery_is_told_with_its_critical_path(system: Load) -> None:
    assert shown(system, RECOVERY, "recovery") == (
        "| Objective | Target |\n| --- | --- |\n"
        "| Recovery time (RTO) | 15 minutes |\n"
        "| Recovery point (RPO) | *not stated* |\n\n"
        "### Objectives of components\n\n"
        "| Component | RTO | RPO | Note |\n| --- | --- | --- | --- |\n"
        "| RDS | 10 minutes | 1 day | snapshots |\n\n"
        "### How long it takes\n\n"
        "The steps below take at least 11 minutes to 13 minutes†: how long step 3 takes is not stated.\n\n"
        "### Recovering the whole system\n\n"
        "Strategy: backup and restore\n\n"
        "When the Region is lost, a recovery goes to `us-west-2`.\n\n"
        "| Ready there | Holds |\n| --- | --- |\n"
        "| images | api; web |\n\n"
        "Steps with one number run beside each other; the next number waits for all of them.\n\n"
        "| Step | Group | What is done | Takes | Starts after | Ends after | Slack | Note |\n"
        "| --- | --- | --- | ---: | ---: | ---: | ---: | --- |\n"
        "| 1 | – | decide | 1 minute | 0 seconds† | 1 minute† | none† | – |\n"
        "| 2a | stores | restore RDS | 10 minutes | 1 minute† | 11 minutes† | 2 minutes† | – |\n"
        "| 2b | stores | restore the rest | 5-12 minutes | 1 minute† | 13 minutes† | none† | slow |\n"
        "| 3 | – | look | *not stated* | 13 minutes† | 13 minutes† | none† | – |\n\n"
        "The longest way through them takes at least 11 minutes to 13 minutes†, "
        "**and the stated total is 13 minutes**.\n\n"
        "### Copies beside the backups\n\n"
        "| What | How | Every | Kept for | Status |\n| --- | --- | --- | --- | --- |\n"
        "| code | git | push | for ever | planned |\n\n"
        "### Drills\n\n"
        "| Every | Drill | What is done |\n| --- | --- | --- |\n"
        "| quarter | Full | restore; look |"
    )


def test_steps_that_take_longer_than_the_objective_say_so_even_where_some_are_not_timed(system: Load) -> None:
    text = "recovery: {objectives: {rto: < 5 minutes}, steps: [{does: a, takes: 5 minutes}, {does: b}]}\n"
    assert "**The steps below take at least 5 minutes†, and the recovery time objective is < 5 minutes.**" in shown(
        system, text, "recovery"
    )


def test_environments_say_what_they_hold_and_where_they_differ(system: Load) -> None:
    text = NETWORK + (
        "compute:\n  services: {web: {cpu: 256, desired: 2, subnets: [a], security_groups: [sg]}}\n"
        "environments:\n"
        "  staging: {title: Staging, stage: staging, purpose: tests, domain: s.example.org}\n"
        "  beta: {traffic: low, compute: {services: {web: {cpu: 512, note: n},\n"
        "    extra: {subnets: [a], security_groups: [sg]}}}}\n"
        "  later: {status: planned}\n"
    )
    assert shown(system, text, "environments") == (
        "| Environment | Stage | Status | Purpose | Domain | Traffic | Holds |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| Staging `staging` | staging | – | tests | `s.example.org` | – | 1 VPC, 1 service, 2 tasks† |\n"
        "| beta | – | – | – | – | low | 1 VPC, 2 services, 3 tasks† |\n"
        "| later | – | planned | – | – | – | – |\n\n"
        "### What differs\n\n"
        "| Element | Key | Staging | beta | later |\n| --- | --- | --- | --- | --- |\n"
        "| `web` | `cpu` | 256 | 512 | 256 |\n"
        "| `extra` | – | left out | there | left out |"
    )


JOURNEY = """\
journeys:
  - title: A request
    note: how it goes
    status: planned
    steps:
      - internet -> web: asks
      - {web: thinks, details: [long, hard]}
      - web -> db
      - db -> web: answers
      - queue -> web
      - somebody waits
compute:
  services:
    web: {title: Web, subnets: [a], security_groups: [sg]}
    queue: {subnets: [a], security_groups: [sg]}
data: {databases: {db: {engine: postgres, subnets: [a], security_groups: [sg]}}}
"""


def test_a_single_environment_is_compared_with_what_all_would_share(system: Load) -> None:
    text = NETWORK + "environments: {beta: {network: {vpcs: {main: {title: x, cidr: 10.0.0.0/15}}}}}\n"
    assert shown(system, text, "environments") == (
        "| Environment | Holds |\n| --- | --- |\n| beta | 1 VPC† |\n\n"
        "### What differs\n\n"
        "| Element | Key | beta | All share |\n| --- | --- | --- | --- |\n"
        "| `main` | `cidr` | 10.0.0.0/15 | 10.0.0.0/16 |"
    )


def test_environments_that_say_the_same_do_not_differ(system: Load) -> None:
    vpc = "{network: {vpcs: {main: {cidr: 10.0.0.0/15}}}}"
    assert shown(system, f"{NETWORK}environments: {{a: {vpc}, b: {vpc}}}\n", "environments") == (
        "| Environment | Holds |\n| --- | --- |\n| a | 1 VPC† |\n| b | 1 VPC† |"
    )


def test_an_overview_of_several_environments_names_them_and_counts_what_is_many(system: Load) -> None:
    text = NETWORK + "environments: {staging: {title: Staging}, beta: {}, prod: {}, later: {status: planned}}\n"
    assert shown(system, text, "overview").startswith(
        "The system runs in us-east-1, in the environments Staging, beta and prod, in 3 VPCs, across "
        "2 Availability Zones.\n"
    )


def test_many_findings_are_counted_by_rule(system: Load) -> None:
    claims = "".join(f"  - {{says: c{i}, assert: 1 == 2}}\n" for i in range(13))
    assert "> **Open findings: 13 errors.** DOC012 (13 ×)\n" in shown(system, f"claims:\n{claims}", "overview")


def test_a_store_is_judged_by_the_target_that_covers_it(system: Load) -> None:
    recovery = "recovery: {objectives: {rpo: 2 days}, targets: [{component: db, covers: [db], rpo: < 5 minutes}]}\n"
    told = (
        "| db | a bad write or deletion | 5 minutes† | the backups of aurora-postgresql are continuous: "
        "it can be restored to 5 minutes ago | at the limit of < 5 minutes |\n"
    )
    assert told in shown(system, NETWORK + STORES + recovery, "recovery")


def test_a_cluster_whose_owner_turns_point_in_time_off_is_restored_to_its_last_backup(system: Load) -> None:
    stores = STORES.replace("retention: 7 days", "retention: 7 days, point_in_time: false")
    told = (
        "| db | a bad write or deletion | 1 day† | the last automated backup is up to 1 day old "
        "| **missed**: 5 minutes |\n"
    )
    assert told in shown(system, f"{NETWORK}{stores}recovery: {{objectives: {{rpo: 5 minutes}}}}\n", "recovery")


def test_a_journey_is_numbered_steps_and_a_chain(system: Load) -> None:
    assert shown(system, NETWORK + JOURNEY, "journeys") == (
        "### A request\n\n*planned*\n\nhow it goes\n\n"
        "1. Internet → Web: asks\n"
        "1. Web: thinks\n   - long\n   - hard\n"
        "1. Web → db\n"
        "1. db → Web: answers\n"
        "1. queue → Web\n"
        "1. somebody waits\n\n"
        "```text\nInternet → Web → db → Web\nqueue → Web\n```"
    )


def test_a_long_chain_goes_on_in_the_next_line(system: Load) -> None:
    services = "".join(f"    web{i}: {{title: {'x' * 30}{i}, subnets: [a], security_groups: [sg]}}\n" for i in range(4))
    steps = "".join(f"      - web{i} -> web{i + 1}\n" for i in range(3))
    text = f"{NETWORK}compute:\n  services:\n{services}journeys:\n  - title: Long\n    steps:\n{steps}"
    x = "x" * 30
    assert f"```text\n{x}0 → {x}1 → {x}2\n  → {x}3\n```" in shown(system, text, "journeys")


def test_operations_say_how_near_limits_are(system: Load) -> None:
    text = NETWORK + (
        "operations:\n"
        "  limits: [{resource: vCPU, limit: 200, used: 180, act_at: 160}, {resource: ALBs, limit: 50, "
        "note: a Region}]\n"
        "  windows: [{subject: main, at: Sun 3 AM}]\n"
        "  decisions: [{decides: No NAT, because: [it costs, nobody needs it], about: [main], status: planned}]\n"
    )
    assert shown(system, text, "operations") == (
        "### Decisions\n\n"
        "- **No NAT** (planned), about main\n  - it costs\n  - nobody needs it\n\n"
        "### Limits\n\n"
        "| Resource | Limit | Used | Used share | Act at | Note |\n| --- | ---: | ---: | ---: | ---: | --- |\n"
        "| vCPU | 200 | 180 | 90%† | 160, **reached**† | – |\n"
        "| ALBs | 50 | – | – | – | a Region |\n\n"
        "### Maintenance windows\n\n| Element | Window |\n| --- | --- |\n| main | Sun 3 AM |"
    )


SERVICES = """\
compute:
  clusters: {ecs: {name: prod-cluster, note: all of it}}
  services:
    web: {note: pages, cluster: ecs, port: 80, cpu: 512, memory: 1024, desired: 2, health_check: /up, subnets: [a, b],
          security_groups: [sg], task_role: role, secrets: [key], deployment: {rollback: true},
          scaling: {min: 2, max: 50,
          policies: [{name: cpu, metric: CPU, target: 70%, out_cooldown: 0s}], schedules: [{at: 8 AM, min: 4}]}}
    job: {cluster: ecs, cpu: 256, memory: 512, subnets: [a], security_groups: [sg], deployment: {rollback: true},
          scaling: {min: 0, max: 3}}
security: {roles: {role: {}}, secrets: {key: {}}}
"""


def test_services_are_told_with_what_moves_their_tasks(system: Load) -> None:
    text = NETWORK.replace("us-east-1b", "us-east-1a") + SERVICES
    assert shown(system, text, "services") == (
        "| Cluster | Name | Launches on | Services | Tasks | Which services | Note |\n"
        "| --- | --- | --- | ---: | ---: | --- | --- |\n"
        '| <a id="ecs"></a>ecs | `prod-cluster` | Fargate | 2† | 3† | [web](#web), [job](#job) | all of it |\n\n'
        "### Size of a task, and number of tasks\n\n"
        "| Service | Note | Tasks | Scales | CPU units | vCPU | Memory | Port | Health check |\n"
        "| --- | --- | ---: | --- | ---: | ---: | ---: | ---: | --- |\n"
        '| <a id="web"></a>web ⚠ NET015, AVL001 | pages | 2 tasks | 2 to 50 | 512 | 0.5† | 1024 MiB | 80 | `/up` |\n'
        '| <a id="job"></a>job ⚠ AVL001, SCL001 | – | 1 task | 0 to 3 | 256 | 0.25† | 512 MiB | *not stated* | '
        "*not stated* |\n"
        "| **All tasks together** |   | 3† |   |   | 1.25 vCPU† | 2.5 GiB† |   |   |\n\n"
        "### Where the tasks run\n\n"
        "| Service | AZs | Subnets | Security groups |\n| --- | --- | --- | --- |\n"
        "| [web](#web) | us-east-1a† | a, b | sg |\n"
        "| [job](#job) | us-east-1a† | a | sg |\n\n"
        "### Roles, secrets and logs of services\n\n"
        "| Service | Task role | Secrets |\n| --- | --- | --- |\n"
        "| [web](#web) | role | key |\n\n"
        "### Scaling policies\n\n"
        "Each policy keeps a metric near its target by changing the number of tasks.\n\n"
        "| Service | Tasks | Policy | Metric | Target | Pause after scaling out |\n"
        "| --- | --- | --- | --- | ---: | ---: |\n"
        "| [web](#web) | 2 to 50 | `cpu` | CPU | 70% | 0s |\n\n"
        "### Scaling schedules\n\n"
        "| Service | When | At least |\n| --- | --- | ---: |\n"
        "| [web](#web) | 8 AM | 4 |\n\n"
        "### Capacity at the maximum\n\n"
        "Every service that scales, at its largest number of tasks.\n\n"
        "| Service | Tasks, at most | CPU units a task | CPU units | vCPU | Memory |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |\n"
        "| [web](#web) | 50 | 512 | 25,600 CPU units† | 25 vCPU† | 50 GiB† |\n"
        "| [job](#job) | 3 | 256 | 768 CPU units† | 0.75 vCPU† | 1.5 GiB† |\n"
        "| **Together** | 53† |   | 26,368 CPU units† | 25.75 vCPU† | 51.5 GiB† |\n\n"
        "### Deployments of services\n\n"
        "| Services | Type | Rolls back |\n| --- | --- | --- |\n"
        "| [web](#web), [job](#job) | rolling | yes |"
    )


STORES = """\
data:
  databases:
    db: {name: prod-db, note: orders, engine: aurora-postgresql, engine_version: "16.8", class: db.serverless,
         capacity: {min: 0.5, max: 8 ACU}, domain: db.internal, storage: gp3,
         subnets: [a, b], security_groups: [sg], encrypted: true, tls: true, maintenance_window: Sun 4 AM,
         instances: [{role: primary, az: us-east-1a, name: one}, {role: reader, az: us-east-1b, promotion_tier: 1}],
         backups: {every: 1 day, retention: 7 days, restore: 10 minutes, manual: before releases}}
  caches: {cache: {engine: valkey, serverless: true, subnets: [a], security_groups: [sg], rebuild_from: db,
           keys: [{pattern: "otp:*", lifetime: 5m}]}}
"""


def test_stores_are_told_in_a_row_each_and_the_rest_by_the_generic_tables(system: Load) -> None:
    assert shown(system, NETWORK + STORES, "data") == (
        "| Store | Name | Note | Kind | Engine | Class | Capacity | Storage | Multi-AZ | Encrypted | Port "
        "| Endpoint |\n"
        "| --- | --- | --- | --- | --- | --- | ---: | --- | --- | --- | ---: | --- |\n"
        '| <a id="db"></a>db | `prod-db` | orders | database | aurora-postgresql 16.8 | `db.serverless` '
        "| 0.5 to 8 ACU | "
        "gp3 | *not stated* | yes | 5432† | `db.internal` |\n"
        '| <a id="cache"></a>cache | – | filled again from [db](#db) | cache | valkey | serverless | – | – '
        "| *not stated* | *not stated* | 6379† | – |\n\n"
        "### Where stores stand, and how they are protected\n\n"
        "| Store | Subnets | Security groups | TLS | Maintenance window |\n| --- | --- | --- | --- | --- |\n"
        "| [db](#db) | a, b | sg | yes | Sun 4 AM |\n"
        "| [cache](#cache) | a | sg | – | – |\n\n"
        "### Instances\n\n"
        "| Store | Name | Role | AZ | Promotion tier | Status |\n| --- | --- | --- | --- | ---: | --- |\n"
        "| [db](#db) | `one` | primary | us-east-1a | – | current |\n"
        "| [db](#db) | – | reader | us-east-1b | 1 | current |\n\n"
        "### Backups\n\n"
        "| Store | Automated backup every | Kept for | Point-in-time recovery | Copies in another Region | "
        "A restore takes | Manual snapshots |\n| --- | --- | --- | --- | --- | --- | --- |\n"
        "| [db](#db) | 1 day | 7 days | *not stated* | *not stated* | 10 minutes | before releases |\n"
        "| [cache](#cache) | *not stated* | *not stated* | *not stated* | *not stated* | – | – |\n\n"
        "### Cache keys\n\n| Cache | Pattern | Lifetime |\n| --- | --- | --- |\n| [cache](#cache) | `otp:*` | 5m |"
    )


def test_a_network_is_a_tree_of_subnets_with_what_stands_in_them(system: Load) -> None:
    text = shown(system, NETWORK + SERVICES, "network")
    assert text.split("```")[1] == (
        "text\n"
        "main: 10.0.0.0/16\n"
        "├── a (private, us-east-1a): 10.0.1.0/24 (256 addresses†)\n"
        "│   ├── web\n"
        "│   └── job\n"
        "└── b (private, us-east-1b): 10.0.2.0/24 (256 addresses†)\n"
        "    └── web\n"
    )


def test_entries_of_network_acls_stand_in_the_order_in_which_aws_asks_them(system: Load) -> None:
    nacls = (
        "  nacls: {edge: {vpc: main, subnets: [a], ingress: [{number: 200, allow: false},"
        " {number: 100, port: 443, protocol: tcp, from: 10.0.0.0/8}], egress: [{}]}}\n"
    ).replace("from:", "peer:")
    text = shown(system, NETWORK + nacls, "network")
    assert text[text.index("### Network ACLs") :] == (
        "### Network ACLs\n\n"
        "| Network ACL | VPC | Subnets |\n| --- | --- | --- |\n"
        '| <a id="edge"></a>edge | [main](#main) | [a](#a) |\n\n'
        "| Network ACL | Direction | Number | Verdict | Peer | Ports | Protocol |\n"
        "| --- | --- | ---: | --- | --- | --- | --- |\n"
        "| [edge](#edge) | inbound | 100 | allow | `10.0.0.0/8` | 443 | tcp |\n"
        "| [edge](#edge) | inbound | 200 | deny | Internet | all | all |\n"
        "| [edge](#edge) | outbound | – | allow | Internet | all | all |"
    )


def test_load_balancers_and_target_groups_have_a_row_each(system: Load) -> None:
    balancing = (
        "  load_balancers: {lb: {name: prod-lb, note: all traffic, domain: lb.internal, scheme: "
        "internal, subnets: [a, b],\n"
        "    cross_zone: true, stickiness: 1 day, listeners: [{port: 80, protocol: HTTP, forward: tg,\n"
        "    rules: [{path: /a, forward: tg}]}]}}\n"
        "  target_groups: {tg: {target: web, port: 80, health_check: /up, interval: 30s, unhealthy_after: 3,\n"
        "    algorithm: round_robin}}\n"
    )
    assert shown(system, NETWORK + balancing + SERVICES, "load-balancing") == (
        "| Load balancer | Name | Note | Type | Scheme | DNS name | Subnets | AZs | Cross-zone | Sticky |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        '| <a id="lb"></a>lb ⚠ OBS004 | `prod-lb` | all traffic | application | internal | `lb.internal` | a, b | '
        "us-east-1a, us-east-1b† | yes | 1 day |\n\n"
        "### Listeners\n\n"
        "| Load balancer | Port | Protocol | Certificate | Path | What it does |\n"
        "| --- | ---: | --- | --- | --- | --- |\n"
        "| [lb](#lb) | 80 | HTTP | – | `/a` | forwards to [tg](#tg) |\n"
        "| [lb](#lb) | 80 | HTTP | – | everything else | forwards to [tg](#tg) |\n\n"
        "### Target groups\n\n"
        "| Target group | Service | Reached by | Port | Protocol | Health check | Checked every | "
        "Unhealthy after | Algorithm |\n"
        "| --- | --- | --- | ---: | --- | --- | --- | --- | --- |\n"
        '| <a id="tg"></a>tg | web | 80 `/a`, 80 everything else | 80 | HTTP | `/up` | 30s | 3 answers | round robin |'
    )


ASSERTIONS = """network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups:
    desk-sg: {}
    db-sg: {ingress: [{from: desk-sg, port: 5432}]}
compute:
  services: {desk: {port: 80, subnets: [a], security_groups: [desk-sg]}}
data:
  databases: {db: {engine: postgres, subnets: [a], security_groups: [db-sg]}}
must_reach: [desk -> db: 5432, {from: db, to: desk, port: 80}]
must_not_reach: [desk -> db: 5000-6000, internet -> db: all, {from: a, to: db, port: 1},
  {from: db, to: desk, port: 80, status: planned}]
"""


def test_what_must_and_must_not_be_reached_is_told_with_whether_it_is_so(system: Load) -> None:
    lines = shown(system, ASSERTIONS, "traffic").splitlines()

    assert [[cell.strip() for cell in line.split("|")[3:6]] for line in lines[4:]] == [
        ["5432", "open", "yes"],
        ["80", "open", "**no** ⚠ NET023"],
        ["5000-6000", "not open", "**no** ⚠ NET024"],
        ["all", "not open", "yes"],
        ["1", "not open", "**no** ⚠ NET024"],
        ["80", "not open", "not judged: planned"],
    ]
