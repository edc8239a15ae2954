import { conversionAnswer, reattributionAnswer, refundAnswer } from '#functions/referrals/answers';
import { readConversion } from '#functions/referrals/composition';
import { creditsOfOrder } from '#functions/referrals/credit-answers';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getConversionRoute } from '#shared/contracts/referrals/get-conversion';
import { influenceOf } from '#shared/domain/tracking/influence';

export const getConversion: HttpHandler<typeof getConversionRoute> = async ({ params }) => {
  const order = await readConversion(params);
  const { conversion, refunds, reattributions } = order;
  return {
    ...conversionAnswer(conversion),
    ...creditsOfOrder(order),
    refundedMinor: conversion.refundedMinor,
    nettedMinor: conversion.nettedMinor,
    influence: influenceOf(conversion.attribution.touches, conversion.amountMinor),
    refunds: refunds.map(refundAnswer),
    firstPurchasePeriod: conversion.firstPurchasePeriod,
    reattributions: reattributions.map(reattributionAnswer),
  };
};

export const handler = httpFunction(getConversionRoute, getConversion);
