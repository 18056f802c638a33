using TorchSharp.Modules;

namespace Rllc;

public abstract partial class TorchTensorOptimizer
{
    /// <summary>Parameters with a learning rate and a weight decay of their own.</summary>
    public sealed class ParamGroup : ParamGroup<GroupOptions>
    {
        /// <summary>A group of parameters without names.</summary>
        /// <param name="parameters">The parameters, as module.parameters() gives them.</param>
        /// <param name="learningRate">c₁; null for the optimizer's.</param>
        /// <param name="weightDecay">Weight decay; null for the optimizer's.</param>
        public ParamGroup(IEnumerable<Parameter> parameters, double? learningRate = null, double? weightDecay = null)
            : base(parameters, new GroupOptions { LearningRate = learningRate, WeightDecay = weightDecay })
        {
        }

        /// <summary>A group of parameters with names, by which states are told apart.</summary>
        /// <param name="parameters">The parameters, as module.named_parameters() gives them.</param>
        /// <param name="learningRate">c₁; null for the optimizer's.</param>
        /// <param name="weightDecay">Weight decay; null for the optimizer's.</param>
        public ParamGroup(IEnumerable<(string name, Parameter parameter)> parameters, double? learningRate = null, double? weightDecay = null)
            : this(Array.Empty<Parameter>(), learningRate, weightDecay)
        {
            ArgumentNullException.ThrowIfNull(parameters);
            var named = parameters.ToArray();
            Parameters = Array.ConvertAll(named, each => each.parameter);
            Names = Array.ConvertAll(named, each => each.name);
        }

        /// <summary>The parameters' names; null where none were given.</summary>
        internal IReadOnlyList<string>? Names { get; }
    }
}
