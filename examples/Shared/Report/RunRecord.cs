namespace Shared.Report;

/// <summary>The state of a run at one iteration.</summary>
/// <param name="Iteration">Steps taken so far.</param>
/// <param name="TrainingLoss">Mean loss of the batches since the record before; null before the first step.</param>
/// <param name="TrainingAccuracy">Share of their samples that were classified correctly, 0 to 1.</param>
/// <param name="ValidationLoss">Mean loss over the validation set.</param>
/// <param name="ValidationAccuracy">Share of the validation set that is classified correctly, 0 to 1.</param>
/// <param name="Law">The learning law, one coefficient per memory unit; empty for an optimizer without one.</param>
internal sealed record RunRecord(
    int Iteration, double? TrainingLoss, double? TrainingAccuracy, double ValidationLoss, double ValidationAccuracy, double[] Law);
