"""What stands beside the data that a person takes home: how to read it, in Chinese and in English."""

from __future__ import annotations

from typing import Final

README: Final = """\
我的数据 · 本平台保存的关于您的全部资料

data/        每个 .json 文件是平台的一部分，用记事本或浏览器就能打开：
  registry.json        您的身份信息、档案各项（谁说的、何时核对）、更正申请、档案流转、数据共享记录
  identity.json        您的账号、登录方式、委托、谁看过您的资料
  cases.json           您的草稿、办件、填写的内容、各事项结果、留言、评价、异议
  correspondence.json  写给您的信、出具的文书
  exchange.json        为您办事时交给各部门的内容和部门的答复
  entitlements.json    对您应享待遇的判断、依据和告知
  appointments.json    您的预约和候补
files/       您交来的材料和给您的文书，原样
contents.json  文件清单。is_in 为 false 的文件太大，或者暂时打不开，没有放进来；可在“我的办件”里逐个打开

时间都是世界标准时（UTC），北京时间请加 8 小时。人员、账号用编号表示。
里面有完整的证件号、手机号、银行卡号，请妥善保管，不要发给别人。
发现哪里不对，请在“我的数据”里点“这里不对”。

--

My data: all that this platform keeps about you

data/        One .json file for each part of the platform; a text editor or a browser opens them:
  registry.json        who you are, your file (who says so, when it was checked), corrections, archive, sharing
  identity.json        your account, how you sign in, authorisations, who looked at your data
  cases.json           your drafts and cases, what you filled in, results, messages, ratings, objections
  correspondence.json  letters to you, documents issued to you
  exchange.json        what departments were given for your cases, and what they answered
  entitlements.json    what was decided about what is due to you, from which facts
  appointments.json    your appointments and waiting lists
files/       The papers you handed in and the documents you were given, unchanged
contents.json  The list of files. Where is_in is false, the file was too large or could
               not be opened just now; open it from your cases

All times are UTC; add eight hours for Beijing. People and accounts are given by their ids.
It holds ID, phone and card numbers in full: keep it safe and send it to nobody.
If something is wrong, choose “This is wrong” on “My data”.
"""
