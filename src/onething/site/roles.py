"""Who may do what, as a table that an official can read: role → its title, and what it may.

A person signs in under exactly one post: this table times the post's division gives what they see.
"""

from __future__ import annotations

from onething.cases import policy as cases
from onething.catalogue import policy as catalogue
from onething.correspondence import policy as correspondence
from onething.desks.appointments import policy as appointments
from onething.desks.surveys import policy as surveys
from onething.desks.webhooks import policy as webhooks
from onething.entitlements import policy as entitlements
from onething.exchange import policy as exchange
from onething.identity import policy as identity
from onething.kernel.access import Permission
from onething.registry import policy as registry

ROLES: dict[str, tuple[tuple[str, str], frozenset[Permission]]] = {
    # What somebody does for themselves.
    "citizen": (
        ("本人", "Citizen"),
        frozenset(
            {
                cases.FILE_OWN,
                cases.WITHDRAW_OWN,
                cases.RATE_OWN,
                cases.OBJECT_OWN,
                identity.READ_OWN_LOOKS,
                registry.READ_OWN,
                identity.HELP_OTHERS,
                identity.CHOOSE_HELPERS,
                correspondence.READ_LETTERS,
                correspondence.READ_DOCUMENT,
                correspondence.CHOOSE_REMINDERS,
                appointments.BOOK_OWN,
                entitlements.ANSWER_OFFER,
            }
        ),
    ),
    # What somebody does in the name of a person who allowed it, for the one thing that was allowed. Never a post.
    "helper": (("帮办代办人", "Helper"), frozenset({cases.FILE_OWN, appointments.BOOK_OWN})),
    # What a portal does in the session of a person who let it in. Never a post.
    "consented": (("本人同意的渠道", "Portal let in by the person"), frozenset({cases.FILE_OWN})),
    # A province's portal or mini-program: a program, let in by each person; sees nobody by itself.
    "channel": (("接入渠道", "Portal or mini-program"), frozenset({identity.ACT_WITH_CONSENT, webhooks.SUBSCRIBE})),
    # Helps people at the one window, and sees how their cases go; decides nothing for a department.
    "clerk": (
        ("综合窗口工作人员", "Clerk at the one window"),
        frozenset(
            {
                registry.READ_PERSON,
                registry.REGISTER_PERSON,
                registry.CORRECT_PERSON,
                registry.SEE_FULL,
                registry.RECORD_STATEMENT,
                registry.ANSWER_CORRECTION,
                registry.IMPORT_ROSTER,
                registry.REVIEW_ARRIVAL,
                exchange.ASK_DATA,
                exchange.WORK_QUEUE,
                cases.READ_CASE,
                cases.RECORD_EVENT,
                cases.TAKE_UP_CONCERN,
                cases.CORRECT_SLIP,
                cases.TALK,
                cases.CHOOSE_SOURCE,
                identity.HELP_OTHERS,
                identity.RECORD_MANDATE,
                identity.ANSWER_ERASURE,
                correspondence.READ_LETTERS,
                correspondence.READ_DOCUMENT,
                appointments.BOOK_FOR,
                appointments.SERVE_COUNTER,
                entitlements.READ_LEADS,
                entitlements.MAKE_OFFER,
                surveys.TYPE_ANSWER,
                surveys.READ_RESULTS,
                webhooks.SUBSCRIBE,
            }
        ),
    ),
    # Runs a hall: its hours, its counters, how many windows are open on which day.
    "hall": (
        ("窗口主管", "Hall manager"),
        frozenset({appointments.RUN_HALL, appointments.SERVE_COUNTER}),
    ),
    # Answers what is asked of the own department, and sees nothing else.
    "department": (("部门经办人", "Department officer"), frozenset({exchange.WORK_QUEUE, exchange.ANSWER_ORDER})),
    # Sees what is late or stuck and pushes it on; registers and corrects nobody.
    "supervisor": (
        ("督办", "Supervisor"),
        frozenset(
            {
                registry.READ_PERSON,
                registry.READ_SHARING,
                registry.FORGET_PERSON,
                identity.ANSWER_ERASURE,
                cases.READ_CASE,
                cases.RECORD_EVENT,
                cases.CALL_BACK,
                cases.TAKE_UP_CONCERN,
                cases.CORRECT_SLIP,
                cases.APPROVE_SLIP,
                exchange.WORK_QUEUE,
                exchange.WATCH_ORDERS,
                exchange.RETRY_ORDER,
                exchange.URGE_ORDER,
                exchange.SUPERVISE_ORDER,
                correspondence.READ_LETTERS,
                correspondence.READ_DOCUMENT,
                entitlements.READ_LEADS,
                surveys.RUN_SURVEY,
                surveys.READ_RESULTS,
                webhooks.SUBSCRIBE,
            }
        ),
    ),
    # Keeps the house in order: offices, accounts, posts, connections. Reads no case and no person's file.
    "administrator": (
        ("系统管理员", "Administrator"),
        frozenset(
            {
                registry.LOAD_REGIONS,
                registry.CHOOSE_SETTINGS,
                registry.OPEN_ORGANISATION,
                identity.READ_ACCOUNT,
                identity.OPEN_ACCOUNT,
                identity.GIVE_POST,
                identity.ISSUE_API_KEY,
                identity.APPROVE,
                catalogue.READ_RELEASE,
                catalogue.EDIT_PACK,
                catalogue.PUBLISH_PACK,
                catalogue.EDIT_CALENDAR,
                catalogue.PUBLISH_CALENDAR,
                exchange.CONNECT_DEPARTMENT,
                exchange.WATCH_ORDERS,
                webhooks.LOOK_AFTER,
                correspondence.SEND_AGAIN,
            }
        ),
    ),
}

READS_PERSONS: frozenset[Permission] = frozenset(
    {
        registry.READ_PERSON,
        registry.SEE_FULL,
        registry.REVIEW_ARRIVAL,
        registry.IMPORT_ROSTER,
        cases.READ_CASE,
        cases.TALK,
        correspondence.READ_LETTERS,
        correspondence.READ_DOCUMENT,
        entitlements.READ_LEADS,
        exchange.WORK_QUEUE,
        exchange.ANSWER_ORDER,
        exchange.ASK_DATA,
        identity.ACT_WITH_CONSENT,
    }
)
"""What shows other people: a key for programs that may do this is issued only by two."""

PURPOSES: dict[str, tuple[str, str]] = {
    "citizen": (
        "每个人办自己的事，看自己的档案，看谁看过自己的档案。",
        "Everybody's own affairs, own file, and who looked at it.",
    ),
    "helper": (
        "经本人同意，替本人填表、交材料、补正、看进度；看不到信件、文书和其他事，不能撤回、评价。",
        "Fills in, hands in, mends and follows in the name of a person who allowed it; sees no letters, no documents "
        "and nothing else, withdraws and rates nothing.",
    ),
    "consented": (
        "本人在门户或小程序里输入验证码以后，由它替本人填表、交材料、看进度，两小时为限，本人随时可以收回。",
        "Once the person typed the code: fills in, hands in and follows in their session, for two hours; the person "
        "ends it at any time.",
    ),
    "channel": (
        "省里的门户、小程序等系统；本人不输入验证码，什么人也看不到。",
        "A province's portal or mini-program; without a person's code it sees nobody.",
    ),
    "clerk": (
        "在综合窗口帮群众办事，看办到哪一步；不替任何部门作决定。",
        "Helps people at the one window and sees how their cases go; decides nothing for a department.",
    ),
    "hall": (
        "管一个办事大厅：几点开门、开几个窗口、哪天停办；忙季多开潮汐窗口。",
        "Runs a hall: when it is open, how many windows, which days it is closed; opens more in the busy season.",
    ),
    "department": (
        "只办理交给本部门的事项，其他一概看不到。",
        "Answers what is asked of the own department, and sees nothing else.",
    ),
    "supervisor": (
        "看哪些事晚了、卡住了，催着往前走；不登记、不改动任何人的资料。",
        "Sees what is late or stuck and pushes it on; registers and corrects nobody.",
    ),
    "administrator": (
        "管单位、账号、岗位、接口、事项包和工作日历；不看任何案件和个人档案。"
        "丢失验证器、关闭账号、发布事项包和日历须两名管理员同意。",
        "Keeps offices, accounts, posts, connections, packs and calendars; reads no case and no person's file. A lost "
        "authenticator, the closing of an account, and publishing a pack or a calendar need two of them.",
    ),
}
"""What each role is for, in one sentence; printed with the table on the page of roles."""

SENTENCES: dict[Permission, tuple[str, str]] = {
    registry.READ_PERSON: (
        "看本辖区人员的档案（每次都有记录）",
        "Read files of people of the division (each look is recorded)",
    ),
    registry.READ_OWN: ("看自己的档案，申请更正", "Read one's own file, and ask for it to be corrected"),
    registry.REGISTER_PERSON: ("登记新的人员", "Register people"),
    registry.CORRECT_PERSON: ("更正人员资料", "Correct what is known about people"),
    registry.SEE_FULL: (
        "说明用途后看全号（每次都有记录）",
        "See numbers in full, for a stated purpose (each look is recorded)",
    ),
    registry.RECORD_STATEMENT: ("往个人档案里补内容", "Add to people's files"),
    registry.ANSWER_CORRECTION: ("答复更正申请", "Answer corrections that people ask for"),
    registry.IMPORT_ROSTER: ("导入花名册，撤回导入", "Import lists of persons, and take an import back"),
    registry.REVIEW_ARRIVAL: ("预审将要报到的人的资料", "Review the data of people who are expected"),
    registry.READ_SHARING: ("看数据共享台账", "Read the ledger of what was shared"),
    registry.FORGET_PERSON: (
        "依法删除个人信息（销毁密钥）",
        "Delete a person's data as the law demands (destroy the key)",
    ),
    registry.CHOOSE_SETTINGS: (
        "改全省设置：名称、电话、服务时间、提醒天数、保存期限（须另一人同意）",
        "Change settings of the whole installation: name, telephone, hours, reminders, terms (a colleague must agree)",
    ),
    registry.LOAD_REGIONS: ("更新行政区划表", "Bring the list of divisions up to date"),
    registry.OPEN_ORGANISATION: ("登记单位和服务站", "Enter offices and stations"),
    identity.READ_ACCOUNT: ("看本辖区工作人员的账号和岗位", "See the accounts and posts of the division's staff"),
    identity.OPEN_ACCOUNT: (
        "开设账号；申请重置验证器、关闭和恢复账号",
        "Open accounts; ask to reset an authenticator, to close an account or to open it again",
    ),
    identity.GIVE_POST: ("授予和收回岗位（不能给自己）", "Give and end posts (never to themselves)"),
    identity.ISSUE_API_KEY: (
        "发放和吊销接口密钥；能看到人的，须另一人同意",
        "Issue and revoke keys for programs; one that shows persons needs a colleague's yes",
    ),
    identity.READ_OWN_LOOKS: ("看谁看过自己的档案", "See who looked at one's own file"),
    identity.HELP_OTHERS: ("经本人同意（验证码），替人办事", "Act for people who allow it with a code"),
    identity.RECORD_MANDATE: ("登记本人签字的书面委托", "Record an authorisation that a person signed on paper"),
    identity.ANSWER_ERASURE: (
        "决定已注销账号的人的资料：依法保留，或申请销毁（要另一人同意）",
        "Decide about the data of people who closed their account: kept by law, or proposed to be destroyed",
    ),
    identity.ACT_WITH_CONSENT: (
        "经本人输入验证码，在门户、小程序里替本人填表、看进度",
        "Act in a person's session at a portal, once the person typed the code",
    ),
    identity.CHOOSE_HELPERS: ("看谁能替自己办事，随时收回", "See who may act in one's own name, and end it"),
    identity.APPROVE: (
        "做“第二双眼睛”：同意或否决同事的申请",
        "Be the second pair of eyes: agree or disagree to a colleague's request",
    ),
    exchange.WORK_QUEUE: ("看自己今天要办的事", "See what is to be done today"),
    exchange.ANSWER_ORDER: ("办理交给本部门的事项", "Answer what is asked of the own department"),
    exchange.WATCH_ORDERS: ("看各部门收到的事项和卡住的事项", "See what departments were asked, and what is stuck"),
    exchange.RETRY_ORDER: ("把卡住的事项再送一次", "Send a stuck order again"),
    exchange.URGE_ORDER: ("催办", "Ask a department to hurry"),
    exchange.SUPERVISE_ORDER: ("督办", "Follow an order until it is answered"),
    exchange.ASK_DATA: ("向部门查询数据，免得本人提交", "Ask departments for data, so that nobody hands it in"),
    exchange.CONNECT_DEPARTMENT: ("接入部门的系统", "Connect a department's system"),
    correspondence.SEND_AGAIN: (
        "看多少短信、邮件没能发出，重新发送（看不到号码和内容）",
        "Count the messages that could not be sent, and send them again (no address, no text)",
    ),
    correspondence.READ_LETTERS: ("看信件（工作人员看本辖区的）", "Read letters (staff: those of the division)"),
    correspondence.READ_DOCUMENT: ("打开已出具的文书", "Open documents that were issued"),
    cases.FILE_OWN: ("填写、提交、跟踪、补正申请", "Fill in, submit, follow and mend an application"),
    cases.RATE_OWN: ("办结以后评一次好差评", "Say once how it went, after the end"),
    cases.OBJECT_OWN: ("对决定提出异议，也可以撤回", "Object to a decision about oneself, and take that back"),
    cases.CALL_BACK: ("给差评的人回电话，记下结果", "Ring up people who were not content, and record what came of it"),
    cases.WITHDRAW_OWN: ("撤回自己的申请", "Withdraw one's own application"),
    cases.READ_CASE: ("看本辖区的案件（每次都有记录）", "Read the cases of the division (each look is recorded)"),
    cases.RECORD_EVENT: (
        "登记外部事项已经发生，例如部队汇款到账",
        "Record that an outside event has happened, such as the army's remittance",
    ),
    cases.CORRECT_SLIP: (
        "申请更换、撤销出错的结果单（要另一人同意）",
        "Ask that a wrong result slip is replaced or revoked (a colleague must agree)",
    ),
    cases.APPROVE_SLIP: (
        "同意更换、撤销出错的结果单（不能是自己申请的）",
        "Agree that a wrong result slip is replaced or revoked (never to one's own request)",
    ),
    appointments.BOOK_OWN: ("预约、改期、取消自己要跑的那一次", "Book, move and cancel one's own visits"),
    appointments.BOOK_FOR: ("替到窗口或打电话来的人预约", "Book for somebody who stands or rings at the counter"),
    appointments.SERVE_COUNTER: ("发号、叫号，登记谁来了", "Give out tickets, call the next, say who came"),
    appointments.RUN_HALL: (
        "定大厅的时间和窗口、停办、开潮汐窗口",
        "Set a hall's hours and counters, close days, open more windows",
    ),
    entitlements.READ_LEADS: (
        "看本辖区谁符合政策却没有申请（每次都有记录）",
        "See who of the division seems entitled and never asked (each look is recorded)",
    ),
    entitlements.MAKE_OFFER: (
        "向符合条件的人发出提醒，办好他们的答复",
        "Offer people what seems due to them, and do what they answer",
    ),
    entitlements.ANSWER_OFFER: ("答复政策提醒：要、不要、找人说", "Answer an offer: yes, no, or a human please"),
    webhooks.SUBSCRIBE: (
        "让系统在能看的案件有进展时收到通知（只有案件编号和状态）",
        "Have a program told when a case that it may read moves on (number and state only)",
    ),
    webhooks.LOOK_AFTER: (
        "看哪些系统收到通知、哪些没收到；停用、启用、重发",
        "See which programs are told and what did not arrive; switch off and on, send again",
    ),
    surveys.RUN_SURVEY: (
        "编写需求调研问卷，发给选定的人群，结束调研",
        "Write surveys, send them to a chosen group, and end them",
    ),
    surveys.TYPE_ANSWER: (
        "打印问卷，录入纸质回答，办好请求联系的人的事",
        "Print questionnaires, type in what came back on paper, and see to those who ask for somebody",
    ),
    surveys.READ_RESULTS: (
        "看调研结果（少于 5 人的不显示）",
        "Read the results of surveys (fewer than 5 people are not shown)",
    ),
    catalogue.READ_RELEASE: ("看已发布的事项包", "See what packs are published, and what they hold"),
    catalogue.EDIT_PACK: (
        "上传、修改事项包草稿，申请发布（要另一人同意）",
        "Upload and edit drafts of packs, and ask that one is published (a colleague must agree)",
    ),
    catalogue.PUBLISH_PACK: (
        "同意发布事项包（不能是自己申请的）",
        "Agree that a pack is published (never to one's own request)",
    ),
    catalogue.EDIT_CALENDAR: (
        "录入国务院放假通知，申请启用（要另一人同意）",
        "Enter the State Council's holiday notice, and ask that it takes effect (a colleague must agree)",
    ),
    catalogue.PUBLISH_CALENDAR: (
        "同意启用一年的工作日历（不能是自己录入的）",
        "Agree that a year's calendar takes effect (never to one's own request)",
    ),
    cases.CHOOSE_SOURCE: (
        "本人填的和登记的不一样时，选以哪个为准，或问本人",
        "Choose which counts where a register says otherwise than the person, or ask the person",
    ),
    cases.TALK: (
        "看本人的留言、部门的询问，并答复",
        "Read what people write and departments ask about cases, and answer them",
    ),
    cases.TAKE_UP_CONCERN: (
        "接手“需要人处理”的事，办好后销号",
        "Take up what needs a person, and say when it is done",
    ),
}
"""What each permission allows, in one sentence (Chinese, English). A house test misses none."""
