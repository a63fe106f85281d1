from tests.agents.callers import NEW, talking
from phone_agent.report.model import report_of
async def test_x(store):
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad, my card is 4111 1111")
        await talk.say("two grilled salmon")
        await talk.say("check out")
        await talk.press("1")
        cid = talk.call.record.id
    r = (await store.find_reports([cid]))[cid]
    print(report_of(r)); print(await store.load_transcript(cid))
    assert 0
