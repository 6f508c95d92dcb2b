import pickle

from crawler.extract.tasks import TASKS, warm_up


def test_warming_up_works_and_every_task_crosses_into_a_worker() -> None:
    warm_up()
    assert pickle.loads(pickle.dumps(TASKS)) == TASKS
