#!/usr/bin/env python3
"""Runs the tests and prints one coloured line for each."""
import sys
import unittest

GREEN, RED, DIM, BOLD, OFF = "\033[32m", "\033[31m", "\033[2m", "\033[1m", "\033[0m"


class Result(unittest.TestResult):
    def show(self, mark, test):
        print("%s  %s%s%s" % (mark, DIM, test.id(), OFF))

    def addSuccess(self, test):
        self.show(GREEN + "✓" + OFF, test)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.show(RED + "✗" + OFF, test)
        print("   %s%s%s" % (RED, error[1], OFF))


result = Result()
unittest.defaultTestLoader.discover(".").run(result)
failed = len(result.failures) + len(result.errors)
print("\n%s%d tests, %s%d failed%s" % (BOLD, result.testsRun, RED if failed else GREEN, failed, OFF))
sys.exit(1 if failed else 0)
