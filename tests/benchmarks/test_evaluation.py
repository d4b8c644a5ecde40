"""What scripts/evaluate can be given."""

import pytest

from benchmarks.evaluation import arguments


@pytest.mark.parametrize(
    ("given", "epochs"), [([], 0), (["--beside-stock"], 100), (["--beside-stock", "--epochs", "2"], 2)]
)
def test_a_stock_rasa_is_trained_only_when_asked_for_and_for_as_long_as_asked(given: list[str], epochs: int) -> None:
    assert arguments(given).epochs == epochs


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--epochs", "2"], "add --beside-stock"),
        (["--beside-stock", "--epochs", "0"], "'0' is not a whole number from 1 on"),
        (["--beside-stock", "--epochs", "few"], "'few' is not a whole number from 1 on"),
    ],
)
def test_epochs_that_train_nothing_are_refused(given: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(given)

    assert told in capsys.readouterr().err
