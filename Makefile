# The commands of the project. Each is a script of the same name in scripts/, usable without make.
.DEFAULT_GOAL := help
.PHONY: help setup run test check train shell new preview call-backs alerts benchmark evaluate evaluate-safety requirements

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/	/' | expand -t 18

run:  ## install what is needed, train if needed, serve the assistant (PORT=5005)
	@scripts/run

test:  ## install what the tests need, run all of them
	@scripts/test

check:  ## everything that needs no model: content, training data, types, style, fast tests
	@scripts/check

train:  ## train a model if the training data or the configuration changed
	@scripts/train

shell:  ## talk to the assistant in the terminal
	@scripts/shell

preview:  ## show one answer as a visitor sees it: make preview id=prices
	@scripts/preview $(id)

new:  ## start a new question, its answer and its training sentences: make new id=cupping
	@scripts/new $(id)

call-backs:  ## list whom the desk should call; make call-backs done=3 when called
	@scripts/call-backs $(done)

alerts:  ## count the alerts by day and red flag, and how they ended
	@scripts/alerts

benchmark:  ## measure the assistant beside a stock Rasa (takes six hours or more)
	@scripts/benchmark

evaluate:  ## count how many of the messages written for evaluation get the right answer
	@scripts/evaluate

evaluate-safety:  ## count how many dangerous messages are noticed, and how many harmless ones raise an alarm
	@scripts/evaluate-safety

setup:  ## only install, and fetch the encoder
	@scripts/setup

requirements:  ## compile requirements.in into requirements.txt, and the same for -dev
	@scripts/requirements
