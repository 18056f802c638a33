using TorchOptions = TorchSharp.Modules.OptimizerOptions;

namespace Rllc;

public abstract partial class TorchTensorOptimizer
{
    /// <summary>What a parameter group has of its own. Schedulers change the learning rate; the coming step reads both.</summary>
    public sealed class GroupOptions : TorchOptions
    {
        /// <summary>Weight decay, decoupled: θ ← (1 − c₁·decay)·θ before the learning step; of [Adam] added to the gradient. At least 0; null for the optimizer's.</summary>
        public double? WeightDecay { get; set; }

        // Whose load_state_dict the values read are to wait for; null before the group is added to an optimizer.
        internal TorchTensorOptimizer? Owner { get; set; }

        /// <summary>Writes the group's rates.</summary>
        /// <param name="writer">Where to.</param>
        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(WeightDecay!.Value);
        }

        /// <summary>Reads the group's rates; they come into force with the whole state.</summary>
        /// <param name="reader">Where from.</param>
        public override void LoadStateDict(BinaryReader reader)
        {
            var rates = new GroupOptions { InitialLearningRate = reader.ReadDouble(), LearningRate = reader.ReadDouble(), WeightDecay = reader.ReadDouble() };
            if (Owner is null)
                LoadStateDict(rates);
            else
                Owner.StageRates(this, rates);
        }

        /// <summary>Takes over the rates of another group.</summary>
        /// <param name="source">The other group's options.</param>
        /// <exception cref="ArgumentException">They are those of another kind of optimizer.</exception>
        public override void LoadStateDict(TorchOptions source)
        {
            if (source is not GroupOptions group)
                throw new ArgumentException($"Options of type {source?.GetType().FullName} are those of another kind of optimizer.", nameof(source));
            base.LoadStateDict(source);
            WeightDecay = group.WeightDecay;
        }
    }
}
