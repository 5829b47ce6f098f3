"""A new pack to begin from: the smallest one that can be computed, with a comment at every place. Pure."""

from __future__ import annotations

from collections.abc import Mapping

SOURCES = """\
# 来源：其他文件用这里的编号引用，如 source: "L1:3"（冒号后是条款）。每个条件、每个数字都要有来源。
# Sources: the other files refer to these ids, e.g. source: "L1:3". Every condition and every figure needs one.
L1:
  title: 请写法规或文件的名称 (title of the law or document)
  issuer: 请写发布机关 (issuer)
  date: 2026-01-01
  address: https://example.org/law   # 在哪里能读到 where it can be read
  grade: law            # law 法律法规 | government 政府文件 | press 报道 | hint 仅供参考
"""

PACK = """\
# 事项包的说明。 What this pack is.
id: {id}
title: {{zh: "一件事的名称", en: "Name of the one thing"}}
version: "2026.1"
level: county            # national | province | city | county
region: "000000000000"   # 12 位区划代码，加引号 (12 digits, in quotes)
effective: {{from: 2026-01-01}}
marks:                   # 必须告诉办事人的话，例如哪些数字是推算的 (what people must be told about the figures)
  - {{zh: "天数是推算的。", en: "Days are reconstructed."}}
"""

DEPARTMENTS = """\
# 谁来办。 Who answers.
registry_office: {title: {zh: "登记机关", en: "Registration office"}, connector: desk}
"""

STATIONS = """\
# 去哪里、那里能办什么；can 里的名称由事项的 acts.capability 使用。 Where people can go, and what can be done there.
hall: {title: {zh: "政务服务大厅", en: "Service hall"}, can: [registry_desk]}
"""

FIELDS = """\
# 数据字典：一张表里的每一项。 The data dictionary: every field of the one form.
full_name:
  label: {zh: "姓名", en: "Full name"}
  type: text
needs_card:
  label: {zh: "要不要证", en: "Do you need the card?"}
  question: {zh: "您要领证吗？", en: "Do you want the card?"}
  type: boolean
"""

MATTER_ONE = """\
# 一个文件写一件事。 One matter a file.
id: registration
title: {zh: "登记", en: "Registration"}
department: registry_office
result: {zh: "登记回执", en: "Receipt of registration"}
working_days:
  alone:  {value: 3, basis: reconstructed, source: "L1:1"}   # 单独办 by itself
  joined: {value: 1, basis: reconstructed, source: "L1:1"}   # 一起办 as part of the one thing
alone:
  steps: {value: 1, basis: reconstructed, source: "L1:1"}
  trips: {value: 1, basis: reconstructed, source: "L1:1"}
fields:
  - {field: full_name, because: {zh: "登记您的名字。", en: "Your name is registered."}, source: "L1:1"}
materials:
  - {any_of: [identity_proof], because: {zh: "证明您是谁。", en: "It shows who you are."}, source: "L1:1"}
"""

MATTER_TWO = """\
id: card
title: {zh: "领证", en: "The card"}
department: registry_office
result: {zh: "证件", en: "The card"}
applies:                 # 全部成立才要办；otherwise 是不用办时的理由 (all must hold; otherwise: the reason if not)
  - when: needs_card
    because: {zh: "您要领证。", en: "You want the card."}
    otherwise: {zh: "您不领证。", en: "You do not want the card."}
    source: "L1:2"
working_days:
  alone:  {value: 5, basis: reconstructed, source: "L1:2"}
  joined: {value: 2, basis: reconstructed, source: "L1:2"}
alone:
  steps: {value: 1, basis: reconstructed, source: "L1:2"}
  trips: {value: 2, basis: reconstructed, source: "L1:2"}
fields:
  - {field: full_name, because: {zh: "证上印名字。", en: "It is printed on the card."}, source: "L1:2"}
  - {field: needs_card, because: {zh: "不要就少办一件。", en: "If not, one matter less."}, source: "L1:2"}
materials:
  - {any_of: [registration_receipt], because: {zh: "凭登记领证。", en: "It follows registration."}, source: "L1:2"}
acts:                    # 只能本人做的事 (what only the person can do)
  - id: collect
    title: {zh: "当面领取", en: "Collect it in person"}
    presence: station
    capability: registry_desk
    because: {zh: "要当面核对。", en: "It is checked in person."}
    source: "L1:2"
"""

MATERIALS = """\
# 材料：每一种得到的办法都写上。 Papers, with every way they can come about.
identity_proof:
  title: {zh: "身份证明", en: "Proof of identity"}
  supplies:
    - {by: applicant, because: {zh: "您手里有。", en: "You have it."}, source: "L1:1"}
registration_receipt:
  title: {zh: "登记回执", en: "Receipt of registration"}
  supplies:
    - {by: matter, matter: registration, because: {zh: "登记办好就有。", en: "Registration makes it."}, source: "L1:1"}
    - {by: applicant, because: {zh: "以前登记过。", en: "If you registered before."}, source: "L1:1"}
"""

EXAMPLE = """\
# 例子就是检验：expect 里写的都要算得一样。 Examples are tests: what `expect` says must come out.
title: {zh: "要领证的人", en: "Somebody who wants the card"}
on: 2026-03-02
answers: {full_name: 何青松, needs_card: true}
expect:
  matters: [registration, card]
  hand_in: [identity_proof]
  before: {working_days: 8, materials: 2, steps: 2, trips: 3}
  after: {working_days: 3, materials: 1, steps: 2, trips: 1}
  critical_path: [registration, card]
"""


def new_pack(pack_id: str) -> Mapping[str, str]:
    """Give the files of a minimal working pack, by path."""
    return {
        "pack.yaml": PACK.format(id=pack_id),
        "sources.yaml": SOURCES,
        "departments.yaml": DEPARTMENTS,
        "stations.yaml": STATIONS,
        "fields.yaml": FIELDS,
        "matters/registration.yaml": MATTER_ONE,
        "matters/card.yaml": MATTER_TWO,
        "materials/papers.yaml": MATERIALS,
        "examples/with_card.yaml": EXAMPLE,
    }
