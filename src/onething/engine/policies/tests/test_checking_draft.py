from onething.engine.policies.checking import check_policies
from onething.engine.policies.tests.build import pack


def test_clean():
    _, faults = check_policies(pack().pack)
    assert [(f.path, str(f.refusal)) for f in faults] == []
