class StepCounter:
    pass
